import { ActionIcon, Fieldset, Group, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FigureInput } from '@web/edit/numbers';
import type { Members } from '@web/edit/patch';
import { currencies } from '@web/parts/currencies';
import { moment } from '@web/parts/formats';

interface Props { rates: Members; base: string; ratesAt: string | null; error: string | undefined; onChange: (currency: string, rate: number | null) => void }

/** What other currencies are worth in the company's own; without a rate their amounts are left out of sums and warnings. */
export function Rates({ rates, base, ratesAt, error, onChange }: Props) {
  const { t } = useTranslation('companies');
  // A currency that was just added has no rate yet, and is shown all the same.
  const [added, setAdded] = useState<string[]>([]);
  const shown = [...new Set([...Object.keys(rates).filter(currency => rates[currency] !== null), ...added])];
  const drop = (currency: string) => { setAdded(added.filter(a => a !== currency)); onChange(currency, null); };
  return (
    <Fieldset legend={t('rates.title')}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">{t('rates.why', { base })} {ratesAt && t('rates.setAt', { when: moment(ratesAt) })}</Text>
        {shown.map(currency => (
          <Group key={currency} gap="xs" align="center" wrap="nowrap">
            <Text size="sm" w={64}>1 {currency} =</Text>
            <FigureInput aria-label={t('rates.of', { currency, base })} w={160} decimalScale={8} autoFocus={added.includes(currency)} value={rates[currency] as number | null ?? null} onChange={rate => { if (rate === null && !added.includes(currency)) setAdded([...added, currency]); onChange(currency, rate); }} rightSection={<Text size="xs" c="dimmed">{base}</Text>} rightSectionWidth={44} styles={{ input: { textAlign: 'end' } }} />
            <ActionIcon variant="subtle" color="gray" aria-label={t('rates.drop', { currency })} onClick={() => drop(currency)}><IconX size={16} /></ActionIcon>
          </Group>
        ))}
        {error && <Text size="sm" c="var(--mantine-color-error)" role="alert">{error}</Text>}
        <Select w={240} searchable placeholder={t('rates.add')} aria-label={t('rates.add')} data={currencies.filter(currency => currency !== base && !shown.includes(currency))} value={null} onChange={currency => { if (currency) setAdded([...added, currency]); }} />
      </Stack>
    </Fieldset>
  );
}
