import { Group, NumberInput, type NumberInputProps, Select, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { separators } from '@web/parts/formats';

type Money = Schemas['Money'];
type Rest = Omit<NumberInputProps, 'value' | 'onChange'>;

/** What somebody has typed so far, such as 12., which is 12. */
const numberOf = (typed: string | number): number | null => (typeof typed === 'number' ? typed : typed.trim() === '' || Number.isNaN(Number(typed)) ? null : Number(typed));

/** A number as people there write it; null = none. While somebody types it is their text, such as 12,0 on the way to 12,05. */
export function FigureInput({ value, onChange, onBlur, ...input }: Rest & { value: number | null; onChange: (value: number | null) => void }) {
  const { group, decimal } = separators();
  const [typed, setTyped] = useState<string | number | null>(null);
  // Something else than what was typed, such as the value before it.
  useEffect(() => { if (typed !== null && numberOf(typed) !== value) setTyped(null); }, [value]);
  return <NumberInput hideControls allowNegative={false} thousandSeparator={group} decimalSeparator={decimal} allowedDecimalSeparators={group === '.' ? [','] : [',', '.']} {...input}
    value={typed ?? value ?? ''} onChange={given => { setTyped(given); onChange(numberOf(given)); }} onBlur={event => { setTyped(null); onBlur?.(event); }} />;
}

/** An amount with its currency; null = none. With one currency to choose it is shown, with several it is chosen. */
export function MoneyInput({ value, onChange, currencies, label, error, ...input }: Rest & { value: Money | null; onChange: (value: Money | null) => void; currencies: string[] }) {
  const { t } = useTranslation();
  const known = [...new Set([...(value?.currency ? [value.currency] : []), ...currencies])];
  const currency = value?.currency || known[0] || '';
  // Somebody may type before the company's currency is here.
  useEffect(() => { if (value && !value.currency && currency) onChange({ ...value, currency }); });
  const field = <FigureInput {...input} label={label} error={error} decimalScale={4} style={{ flex: 1 }} value={value?.amount ?? null} onChange={amount => onChange(amount === null ? null : { amount, currency })}
    rightSection={known.length > 1 ? undefined : <Text size="xs" c="dimmed">{currency}</Text>} rightSectionWidth={44} styles={{ input: { textAlign: 'end' } }} />;
  if (known.length <= 1) return field;
  return (
    <Group gap={4} wrap="nowrap" align="end">
      {field}
      <Select w={92} flex="none" aria-label={t('web:edit.currency')} data={known} value={currency} allowDeselect={false} disabled={(input.disabled ?? false) || (input.readOnly ?? false) || value === null} onChange={chosen => { if (value && chosen) onChange({ ...value, currency: chosen }); }} />
    </Group>
  );
}
