import { Badge, Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconRotate } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ago, moment } from '@web/parts/formats';
import { ProblemNote } from '@web/parts/ProblemText';
import { useSystemName } from '@web/parts/systems';
import { type Connection, useConnectionChange } from '../accounting';
import { Running } from './Running';
import { Runs } from './Runs';
import { Trouble } from './Trouble';
import { useMinutes } from './useMinutes';

const colours: Record<string, string> = { active: 'green', waiting: 'yellow', paused: 'gray', reconnectNeeded: 'yellow', otherAccount: 'red' };

/** In minutes; what somebody has set over the API is offered too. */
const often = [5, 15, 30, 60, 120, 240, 480, 1_440];

/** One accounting system of the company. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const { t } = useTranslation('accounting');
  const name = useSystemName()(connection.plugin);
  const { change, run } = useConnectionChange(connection.number);
  const heading = useId();
  useMinutes();
  const { state, account, everyMinutes, dueAt, running, runs } = connection;
  const last = runs[0]?.endedAt;
  const shown = state === 'active' && running?.problem ? 'waiting' : state;
  const isPaused = state === 'paused';
  const isBusy = running !== null && running.problem === null;
  const read = (whole: boolean) => { if (!run.isPending) run.mutate(whole); };
  const inWords = (minutes: number) => (minutes % 60 === 0 ? t('every.hours', { count: minutes / 60 }) : t('every.minutes', { count: minutes }));
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby={heading}>
      <Group justify="space-between" align="start" gap="sm">
        <Group gap="xs"><Title order={2} size="h5" id={heading}>{name}</Title><Badge variant="light" radius="sm" tt="none" color={colours[shown] ?? 'gray'}>{t(`state.${shown}`)}</Badge></Group>
        {account && <Text size="sm" c="dimmed">{[account.name, account.organisationNumber, account.currency].filter(Boolean).join(' · ')}</Text>}
      </Group>
      <Group gap="lg" mt={4}>
        <Text size="sm" title={last ? moment(last) : undefined}>{last ? t('run.last', { ago: ago(last) }) : t('run.never')}</Text>
        {state === 'active' && !isBusy && dueAt && <Text size="sm" title={moment(dueAt)}>{Date.parse(dueAt) > Date.now() ? t('run.next', { ago: ago(dueAt) }) : t('run.soon')}</Text>}
      </Group>
      <Trouble connection={connection} name={name} />
      {isBusy && !isPaused && <Running run={running} name={name} />}
      <Group gap="xs" mt="sm" align="end">
        <Button size="xs" leftSection={<IconRefresh size={15} />} disabled={isPaused} loading={run.isPending && run.variables === false} aria-label={t('run.nowOf', { name })} onClick={() => read(false)}>{t('run.now')}</Button>
        <Button size="xs" variant="default" leftSection={<IconRotate size={15} />} disabled={isPaused} loading={run.isPending && run.variables} aria-label={t('run.wholeOf', { name })} title={t('run.wholeWhy')} onClick={() => read(true)}>{t('run.whole')}</Button>
        <Button size="xs" variant="default" leftSection={isPaused ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />} loading={change.isPending && change.variables.paused !== undefined} aria-label={t(isPaused ? 'resumeOf' : 'pauseOf', { name })} onClick={() => change.mutate({ paused: !isPaused })}>{t(isPaused ? 'resume' : 'pause')}</Button>
        <Select size="xs" w={170} ml="auto" label={t('every.label')} aria-label={t('every.of', { name })} allowDeselect={false} value={`${everyMinutes}`} onChange={minutes => { if (minutes) change.mutate({ everyMinutes: Number(minutes) }); }}
          data={[...new Set([...often, everyMinutes])].sort((a, b) => a - b).map(minutes => ({ value: `${minutes}`, label: inWords(minutes) }))} />
      </Group>
      <Stack mt="xs" gap="xs"><ProblemNote error={change.error ?? run.error} /></Stack>
      <Runs runs={runs} name={name} />
    </Paper>
  );
}
