import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayInput } from '@web/edit/DayInput';
import { FigureInput, MoneyInput } from '@web/edit/numbers';
import { isSame } from '@web/edit/patch';
import type { Schemas } from '@web/api/client';
import { useToday } from '../cases';
import { quickDays } from '../days';
import { useMember } from './context';

/** A member that somebody types: kept here until the field is left or Enter is pressed; Esc takes back what was typed. */
function useTyped<T>(pointer: string) {
  const member = useMember(pointer);
  const [typed, setTyped] = useState(member.value);
  useEffect(() => setTyped(member.value), [JSON.stringify(member.value)]);
  const save = () => { if (!isSame(typed, member.value)) member.save(typed); };
  const onKeyDown = (event: KeyboardEvent) => {
    const isLong = event.target instanceof HTMLTextAreaElement;
    if (event.key === 'Escape') { setTyped(member.value); event.stopPropagation(); } else if (event.key === 'Enter' && (!isLong || event.ctrlKey)) save();
  };
  return { value: typed as T, set: (value: T) => setTyped(value as typeof typed), props: { error: member.error, ...member.look, onBlur: save, onKeyDown } };
}

export function TextMember({ pointer, label, lines }: { pointer: string; label: string; lines?: number }) {
  const { value, set, props } = useTyped<string | null>(pointer);
  const change = (e: { currentTarget: { value: string } }) => set(e.currentTarget.value.trim() === '' ? null : e.currentTarget.value);
  return lines ? <Textarea label={label} autosize minRows={lines} maxRows={16} value={value ?? ''} onChange={change} {...props} /> : <TextInput label={label} value={value ?? ''} onChange={change} {...props} />;
}

export function MoneyMember({ pointer, label, currencies }: { pointer: string; label: string; currencies: string[] }) {
  const { value, set, props: { onBlur, ...props } } = useTyped<Schemas['Money'] | null>(pointer);
  // The amount and its currency are one: saved when both are left.
  return <div onBlur={event => { if (!event.currentTarget.contains(event.relatedTarget)) onBlur(); }}><MoneyInput label={label} currencies={currencies} value={value} onChange={set} {...props} /></div>;
}

export function PercentMember({ pointer, label, locked }: { pointer: string; label: string; locked?: string | undefined }) {
  const { value, set, props } = useTyped<number | null>(pointer);
  return <FigureInput label={label} suffix=" %" allowDecimal={false} value={value} onChange={set} {...props} {...(locked ? { readOnly: true, variant: 'filled' } : {})} description={locked} inputWrapperOrder={['label', 'input', 'error', 'description']} styles={{ input: { textAlign: 'end' } }} />;
}

export function DayMember({ pointer, label, quick = false, late }: { pointer: string; label: string; quick?: boolean; late?: string }) {
  const { value, save, error, look } = useMember(pointer);
  return (
    <Stack gap={4}>
      <DayInput data-pointer={pointer} label={label} value={value as string | null} onChange={save} {...look} error={error} inputWrapperOrder={['label', 'input', 'error', 'description']} description={late && <Text span inherit c="var(--mantine-color-error)"><IconClockExclamation size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {late}</Text>} />
      {quick && !look.readOnly && <QuickDays label={label} onChoose={save} />}
    </Stack>
  );
}

/** The next working day, a week ahead and a month ahead, counted from today. */
export function QuickDays({ label, onChoose }: { label: string; onChoose: (day: string) => void }) {
  const { t } = useTranslation('cases');
  const today = useToday();
  return (
    <Group gap={4} role="group" aria-label={label}>
      {Object.entries(quickDays).map(([name, of]) => <Button key={name} size="compact-xs" variant="default" disabled={!today} onClick={() => { if (today) onChoose(of(today)); }}>{t(`quick.${name}`)}</Button>)}
    </Group>
  );
}

