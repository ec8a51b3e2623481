import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayInput } from '@web/edit/DayInput';
import { FigureInput, MoneyInput } from '@web/edit/numbers';
import { isSame, type Json, valueAt } from '@web/edit/patch';
import type { Schemas } from '@web/api/client';
import { type Case, useToday } from '../cases';
import { quickDays } from '../days';
import { writtenCase } from '../editing';
import { useCaseEditing, useMember } from './context';

/** A member that somebody types: saved when the field is left or Enter is pressed. What is not saved stays, with the reason; Esc takes it back. */
function useTyped<T>(pointer: string, isFixed = false) {
  const { c } = useCaseEditing();
  const member = useMember(pointer);
  const { draft, ...typing } = useDraft(member.saveFor, c, pointer);
  const [wrong, setWrong] = useState<string>();
  // What was said stays with what was typed, also when something else is saved meanwhile.
  useEffect(() => { if (member.error !== undefined) setWrong(member.error); }, [member.error]);
  const { give } = typing;
  useEffect(() => { if (isFixed) give(null); }, [isFixed]);

  const onKeyDown = (event: KeyboardEvent) => {
    const isLong = event.target instanceof HTMLTextAreaElement;
    if (event.key === 'Escape') { give(null); event.stopPropagation(); } else if (event.key === 'Enter' && (!isLong || event.ctrlKey)) typing.save(true);
  };
  return { value: (draft ? draft.value : member.value) as T, ...typing, props: { error: draft ? wrong : undefined, ...member.look, onBlur: () => typing.save(false), onKeyDown } };
}

interface Draft { value: Json; /** The case as it was shown when the typing began. */ seen: Case }

/** What was typed and is not saved yet. */
function useDraft(saveFor: (seen: Case, value: Json) => Promise<boolean>, c: Case, pointer: string) {
  const queries = useQueryClient();
  const { saving } = useCaseEditing();
  const [draft, setDraft] = useState<Draft | null>(null);
  const latest = useRef(draft);
  const underWay = useRef<Draft>(null);
  const sent = useRef<Draft>(null);
  const give = (next: Draft | null) => { latest.current = next; setDraft(next); };

  /** @param again Also what has been refused before. */
  const save = (again: boolean) => {
    const given = latest.current;
    if (!given || given === underWay.current || (given === sent.current && !again)) return;
    if (isSame(given.value, valueAt(writtenCase(given.seen), pointer))) return give(null);
    [underWay.current, sent.current] = [given, given];
    void saveFor(given.seen, given.value).then(isSaved => {
      if (underWay.current === given) underWay.current = null;
      if (!isSaved || !latest.current) return;
      // Who has typed on has seen what was saved.
      give(latest.current === given ? null : { ...latest.current, seen: queries.getQueryData<Case>(saving.thing.key) ?? c });
    });
  };
  const set = (value: unknown) => give({ value: value as Json, seen: latest.current?.seen ?? c });
  return { draft, give, set, save };
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
  const { value, set, props } = useTyped<number | null>(pointer, locked !== undefined);
  return <FigureInput label={label} suffix=" %" allowDecimal={false} value={value} onChange={set} {...props} {...(locked ? { readOnly: true, variant: 'filled' } : {})} description={locked} inputWrapperOrder={['label', 'input', 'error', 'description']} styles={{ input: { textAlign: 'end' } }} />;
}

export function DayMember({ pointer, label, quick = false, late }: { pointer: string; label: string; quick?: boolean; late?: string }) {
  const { value, set, save, props } = useTyped<string | null>(pointer);
  const choose = (day: string | null) => { set(day); save(true); };
  return (
    <Stack gap={4}>
      <DayInput data-pointer={pointer} label={label} value={value} onChange={choose} {...props} inputWrapperOrder={['label', 'input', 'error', 'description']} description={late && <Text span inherit c="var(--mantine-color-error)"><IconClockExclamation size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {late}</Text>} />
      {quick && !props.readOnly && <QuickDays label={label} onChoose={choose} />}
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

