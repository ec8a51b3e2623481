import { Anchor, Button, Group, Paper, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Flag } from '@web/parts/Flag';
import { day, moment } from '@web/parts/formats';
import { ProblemNote } from '@web/parts/ProblemText';
import { useCompany, useMayWrite } from '@web/session/session';
import { nameOf, type Register } from '../registers';
import classes from './Answer.module.css';
import { answersKey, leave, type RegisterAnswer, seen, taken } from './answers';
import { useFieldWords } from './fieldWords';
import { useTaking } from './useTaking';

interface Props {
  answer: RegisterAnswer;
  registers: Register[];
  /** Says what was decided, once it is. */
  onDecided: (what: string) => void;
}

/** What a register says otherwise of one partner, field by field, and the two ways to decide each. */
export function AnswerCard({ answer, registers, onDecided }: Props) {
  const { t } = useTranslation('registers');
  const company = useCompany();
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const { label, words } = useFieldWords(answer.country);
  const taking = useTaking(answer);
  const { partner, name, differences, alarms, plugin, at } = answer;
  const register = registers.find(r => r.plugin === plugin);
  const labelOf = (fields: string[]) => fields.map(field => (field in alarmWords ? t(alarmWords[field as keyof typeof alarmWords].short) : label(field))).join(', ');

  const leaving = useMutation({
    mutationFn: (fields: string[]) => leave(company, partner, fields),
    onSuccess: async (_, fields) => {
      await queries.invalidateQueries({ queryKey: answersKey(company) });
      onDecided(t('differences.left', { name, fields: labelOf(fields) }));
    },
  });
  const take = async (some: typeof differences) => {
    if (!(await taking.save(taken(some), { version: answer.version, written: seen(some) }))) return;
    await queries.invalidateQueries({ queryKey: answersKey(company) });
    onDecided(t('differences.took', { name, fields: labelOf(some.map(d => d.field)) }));
  };
  const isBusy = taking.isSaving || leaving.isPending;
  const decide = (kind: string, text: string, of: string, onClick: () => void, variant: 'default' | 'subtle') => (
    <Button size="compact-sm" variant={variant} data-decide={kind} aria-label={`${text}: ${of}`} aria-disabled={isBusy || undefined} onClick={() => { if (!isBusy) onClick(); }}>{text}</Button>
  );

  return (
    <Paper component="article" withBorder radius="md" p="md" aria-label={name} data-answer>
      <Group justify="space-between" align="start" gap="xs" mb="xs">
        <div>
          <Group gap={8} wrap="nowrap"><Flag code={answer.country} size={16} /><Title order={2} size="h6" style={{ overflowWrap: 'anywhere' }}><Anchor component={Link} to={`/${company}/partners/${partner}`} inherit>{name}</Anchor></Title></Group>
          <Text size="xs" c="dimmed">{[partner, answer.organisationNumber, t('answer.from', { register: register ? nameOf(register) : plugin, when: moment(at) })].join(' · ')}</Text>
        </div>
        {mayWrite && differences.length > 1 && <Group gap={6}>{decide('take-all', t('differences.takeAll'), name, () => void take(differences), 'default')}{decide('leave-all', t('differences.leaveAll'), name, () => leaving.mutate(differences.map(d => d.field)), 'subtle')}</Group>}
      </Group>
      <ProblemNote error={taking.error ?? leaving.error} />
      <ul className={classes.rows}>
        {alarms.map(({ field, text }) => {
          const known = alarmWords[field as keyof typeof alarmWords];
          return (
            <li key={field} className={`${classes.row} ${classes.alarm}`} data-row>
              <Group gap={6} wrap="nowrap" c="var(--mantine-color-error)"><IconAlertTriangle size={16} aria-hidden style={{ flex: 'none' }} /><Text size="sm" fw={600}>{t(known.text, { day: day(text), text })}</Text></Group>
              {mayWrite && decide('leave', t('differences.noted'), t(known.short), () => leaving.mutate([field]), 'default')}
            </li>
          );
        })}
        {differences.map(difference => {
          const { field, ours, theirs } = difference;
          return (
            <li key={field} className={classes.row} data-row>
              <Text size="sm" c="dimmed">{label(field)}</Text>
              <div className={classes.values}>
                <Text size="sm"><VisuallyHidden>{t('differences.ours')} </VisuallyHidden>{words(field, ours) || <Text span inherit c="dimmed">{t('differences.nothing')}</Text>}</Text>
                <IconArrowRight size={15} aria-hidden />
                <Text size="sm" fw={600}><VisuallyHidden>{t('differences.theirs')} </VisuallyHidden>{words(field, theirs)}</Text>
              </div>
              {mayWrite && <Group gap={6} wrap="nowrap">{decide('take', t('differences.take'), label(field), () => void take([difference]), 'default')}{decide('leave', t('differences.leave'), label(field), () => leaving.mutate([field]), 'subtle')}</Group>}
            </li>
          );
        })}
      </ul>
      {taking.dialog}
    </Paper>
  );
}

const alarmWords = {
  '/ceasedOn': { text: 'alarm.ceased', short: 'alarm.ceasedShort' },
  '/trouble': { text: 'alarm.trouble', short: 'alarm.troubleShort' },
  '/unknown': { text: 'alarm.unknown', short: 'alarm.unknownShort' },
} as const;
