import { Group, Paper, Select, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moment } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { Older, useTimeline } from '@web/parts/timeline';
import { Stage } from '../Stage';
import { stageChangeOf } from './changes';
import { Entries, type Entry, who } from './Entries';

/** What a reader may look for, by how the facts begin. */
const kinds: Record<string, (fact: string) => boolean> = {
  fields: fact => ['partner.created', 'partner.changed', 'partner.reverted', 'partner.deleted', 'partner.restored'].includes(fact) || fact.startsWith('partner.logo'),
  stage: fact => fact === 'partner.stageSet',
  contacts: fact => fact.startsWith('contact.'),
  orders: fact => fact.startsWith('partner.order'),
  balance: fact => fact === 'partner.balanceSet' || fact === 'partner.externalSet',
};

/** The latest that happened, beside the facts. */
export function Latest({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const { entries, isPending, error, retry } = useTimeline('partners', number);
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={t('timeline.title')}>
      <Title order={2} size="h6" mb="md">{t('timeline.title')}</Title>
      {error && <ProblemPanel error={error} retry={retry} />}
      {isPending ? <Skeleton height={160} /> : <Entries entries={entries.slice(0, 8)} brief />}
    </Paper>
  );
}

/** All that happened: the stages (R123), and every change with before and after. */
export function History({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const { entries, isPending, error, retry, older } = useTimeline('partners', number);
  const [kind, setKind] = useState<string | null>(null);
  if (error && entries.length === 0) return <ProblemPanel error={error} retry={retry} />;
  if (isPending) return <Skeleton height={240} />;
  const shown = entries.filter(e => kind === null || kinds[kind]?.(e.fact) || (kind === 'stage' && stageChangeOf(e.before, e.after)));
  return (
    <Stack gap="md">
      <Stages entries={entries} />
      <Paper withBorder p="md" radius="md" component="section" aria-label={t('timeline.title')}>
        <Group justify="space-between" mb="md">
          <Title order={2} size="h6">{t('timeline.title')}</Title>
          <Select size="xs" w={200} aria-label={t('timeline.filter')} placeholder={t('timeline.all')} clearable clearButtonProps={{ 'aria-label': t('filter.clearOne', { field: t('timeline.filter') }) }} value={kind} onChange={setKind} data={Object.keys(kinds).map(value => ({ value, label: t(`timeline.kind.${value}`) }))} />
        </Group>
        {shown.length === 0 && <Text size="sm" c="dimmed">{t('timeline.none')}</Text>}
        <Entries entries={shown} />
        {error && <ProblemPanel error={error} retry={retry} />}
        <Older of={older} />
      </Paper>
    </Stack>
  );
}

function Stages({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation('partners');
  const steps = entries.flatMap(entry => { const change = stageChangeOf(entry.before, entry.after); return change ? [{ entry, ...change }] : []; });
  const stage = (key: string | null) => (key ? <Stage stage={{ key }} /> : <Text span size="sm" c="dimmed">{t('bulk.noStage')}</Text>);
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={t('history.stages')}>
      <Title order={2} size="h6" mb="xs">{t('history.stages')}</Title>
      {steps.length === 0 ? <Text size="sm" c="dimmed">{t('history.noStages')}</Text> : (
        <Table.ScrollContainer minWidth={480}>
          <Table verticalSpacing={4}>
            <Table.Thead><Table.Tr><Table.Th>{t('history.when')}</Table.Th><Table.Th>{t('history.from')}</Table.Th><Table.Th>{t('history.to')}</Table.Th><Table.Th>{t('history.who')}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {steps.map(({ entry, from, to }) => <Table.Tr key={entry.seq}><Table.Td>{moment(entry.at)}</Table.Td><Table.Td>{stage(from)}</Table.Td><Table.Td>{stage(to)}</Table.Td><Table.Td>{who(entry, t)}</Table.Td></Table.Tr>)}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}
