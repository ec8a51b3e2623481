import { Paper, Text, Timeline as Line, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { moment } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { timelineQuery, useChoices } from './partners';

type Entry = Schemas['TimelineEntry'];

const named = ['partner.created', 'partner.changed', 'partner.stageSet', 'partner.deleted', 'partner.restored', 'partner.reverted', 'partner.balanceSet', 'partner.orderPlaced', 'partner.orderChanged', 'partner.orderReopened',
  'partner.logoSet', 'partner.logoRemoved', 'contact.added', 'contact.changed', 'contact.removed'];

/** What happened to the partner, newest first. */
export function Timeline({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const stages = useChoices('stages');
  const { data, error, refetch } = useQuery(timelineQuery(useCompany(), number));

  const stageOf = (fields: unknown) => {
    const key = (fields as { stage?: string | null } | null)?.stage;
    return key ? stages.name(key) : t('bulk.noStage');
  };
  const detail = (entry: Entry) => (entry.fact === 'partner.stageSet' ? `${stageOf(entry.before)} → ${stageOf(entry.after)}` : '');

  return (
    <Paper withBorder p="md" radius="md">
      <Title order={2} size="h6" mb="md">{t('timeline.title')}</Title>
      {error && <ProblemPanel error={error} retry={() => void refetch()} />}
      <Line bulletSize={12} lineWidth={2}>
        {data?.items.map(entry => (
          <Line.Item key={entry.seq} title={<Text size="sm" fw={500}>{t(named.includes(entry.fact) ? `fact.${entry.fact}` : 'fact.other')}</Text>}>
            {detail(entry) && <Text size="sm">{detail(entry)}</Text>}
            <Text size="xs" c="dimmed">{[moment(entry.at), entry.by?.name ?? t('timeline.program'), entry.operation !== null && t('timeline.operation', { number: entry.operation })].filter(Boolean).join(' · ')}</Text>
          </Line.Item>
        ))}
      </Line>
    </Paper>
  );
}
