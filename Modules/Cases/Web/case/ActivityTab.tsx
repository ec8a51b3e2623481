import { Skeleton, Stack, Text, Timeline } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { moment } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { Older, useTimeline } from '@web/parts/timeline';
import { useStatuses } from '../cases';
import { useCaseThing } from '../editing';
import { useCaseEditing } from './context';
import { TextMember } from './members';

type Entry = Schemas['TimelineEntry'];
type Members = Record<string, unknown>;

const facts = ['case.created', 'case.changed', 'case.statusSet', 'case.closed', 'case.reopened', 'case.deleted', 'case.restored', 'case.reverted', 'case.converted'];
/** Members of the journal that people write, in the order in which they are told. */
const told = ['title', 'partner', 'probability', 'value', 'owner', 'followUp', 'expectedClose', 'lostReason', 'description', 'customer'];

export const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null;

/** The names of the two statuses of an entry; undefined = it changed none. */
export function useStatusChange(): (entry: Entry) => { from: string; to: string } | undefined {
  const { name } = useStatuses();
  return ({ before, after }) => {
    if (!isMembers(after) || typeof after['status'] !== 'string') return undefined;
    const from = isMembers(before) && typeof before['status'] === 'string' ? name(before['status']) : '';
    return { from, to: name(after['status']) };
  };
}

/** What is said about the case, and everything that happened to it, newest first. */
export function ActivityTab() {
  const { t } = useTranslation('cases');
  const { c } = useCaseEditing();
  const statusChange = useStatusChange();
  const { label } = useCaseThing()(c);
  const { entries, isPending, error, retry, older } = useTimeline('cases', c.number);
  const detail = (entry: Entry) => {
    if (entry.fact === 'case.created' || !isMembers(entry.after)) return '';
    const change = statusChange(entry);
    const members = told.filter(member => member in (entry.after as Members) && !(change && member === 'probability')).map(member => label(`/${member}`));
    return [...(change ? [`${change.from} → ${change.to}`] : []), ...(members.length > 0 ? [members.join(', ')] : [])].join(' · ');
  };
  return (
    <Stack gap="lg">
      <TextMember pointer="/description" label={t('field.description')} lines={3} />
      {error && <ProblemPanel error={error} retry={retry} />}
      {isPending && <Skeleton height={160} />}
      <Timeline bulletSize={12} lineWidth={2} aria-label={t('tab.activity')}>
        {entries.map(entry => (
          <Timeline.Item key={entry.seq} title={<Text size="sm" fw={500}>{t(facts.includes(entry.fact) ? `fact.${entry.fact}` : 'fact.other')}</Text>}>
            {detail(entry) && <Text size="sm">{detail(entry)}</Text>}
            <Text size="xs" c="dimmed">{[moment(entry.at), entry.by?.name ?? t('history.program'), entry.operation !== null && t('history.operation', { number: entry.operation })].filter(Boolean).join(' · ')}</Text>
          </Timeline.Item>
        ))}
      </Timeline>
      <div><Older of={older} /></div>
    </Stack>
  );
}
