import { Text, Timeline as Line } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Part } from '@web/edit/Part';
import { moment } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { Older, useTimeline } from '@web/parts/timeline';

const named = ['order.placed', 'order.changed', 'order.invoicedSet', 'order.stateSet', 'order.cancelled', 'order.reopened', 'order.locked', 'order.unlocked'];

/** What happened to the order, newest first. */
export function Timeline({ number }: { number: number }) {
  const { t } = useTranslation('orders');
  const { entries, error, retry, older } = useTimeline('orders', number);
  const state = (fields: unknown) => { const known = (fields as { state?: string } | null)?.state; return known ? t(`state.${known}`) : ''; };
  return (
    <Part title={t('timeline.title')}>
      {error && <ProblemPanel error={error} retry={retry} />}
      <Line bulletSize={12} lineWidth={2}>
        {entries.map(entry => (
          <Line.Item key={entry.seq} title={<Text size="sm" fw={500}>{t(named.includes(entry.fact) ? `fact.${entry.fact}` : 'fact.other')}</Text>}>
            {entry.fact === 'order.stateSet' && <Text size="sm">{[state(entry.before), state(entry.after)].filter(Boolean).join(' → ')}</Text>}
            <Text size="xs" c="dimmed">{[moment(entry.at), entry.by?.name ?? t('timeline.program')].join(' · ')}</Text>
          </Line.Item>
        ))}
      </Line>
      <Older of={older} />
    </Part>
  );
}
