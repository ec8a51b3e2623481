import { Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '@web/api/client';
import { filtersOf, useListSearch } from '@web/list/search';
import { useCompany } from '@web/session/session';
import { type DateField, dateFields, type Status, type Summary, summaryQuery, useStatuses } from './cases';
import classes from './Charts.module.css';
import { type Bucket, bucketOf, toBucket } from './days';
import { Donut, type Slice } from './Donut';

const bucketColours: Record<Bucket, string> = {
  overdue: 'var(--mantine-color-red-7)', today: 'var(--mantine-color-orange-5)', next7Days: 'var(--mantine-color-blue-4)', later: 'var(--mantine-color-blue-8)', none: 'var(--mantine-color-gray-5)',
};
const openColours = ['blue-3', 'cyan-6', 'indigo-5', 'violet-6', 'grape-5', 'teal-4', 'pink-5', 'yellow-6'];

/** Won and lost look the same in every company; the open ones are told apart by their order. */
export function statusColour(status: Pick<Status, 'key' | 'kind'>, all: readonly Pick<Status, 'key' | 'kind'>[]): string {
  if (status.kind === 'won') return 'var(--mantine-color-green-7)';
  if (status.kind === 'lost') return 'var(--mantine-color-gray-6)';
  return `var(--mantine-color-${openColours[all.filter(s => s.kind === 'open').findIndex(s => s.key === status.key) % openColours.length] ?? 'blue-3'})`;
}

/** What the address bar keeps, but for some of it. */
const without = (search: ListQuery, change: Record<string, string | undefined>): ListQuery =>
  filtersOf(Object.fromEntries(Object.entries({ ...search, ...change }).filter((entry): entry is [string, string] => Boolean(entry[1]))));

/** The pie charts over the list (R96): each shows what the other filters keep, and a click on a slice filters by it (R97). */
export function Charts() {
  const { t } = useTranslation('cases');
  const { search, change } = useListSearch();
  const company = useCompany();
  const statuses = useStatuses();
  const today = useQuery(summaryQuery(company, {})).data?.today;

  const picked = search['status']?.split(',') ?? [];
  const toggle = (key: string) => change({ status: (picked.includes(key) ? picked.filter(p => p !== key) : [...picked, key]).join(',') });
  const slicesOfStatus = (summary: Summary): Slice[] => summary.byStatus.map(s => ({ key: s.key, name: statuses.name(s.key), count: s.count, colour: statusColour(s, summary.byStatus) }));
  const slicesOfDate = (field: DateField) => (summary: Summary): Slice[] =>
    summary[field === 'followUp' ? 'byFollowUp' : 'byExpectedClose'].map(b => ({ key: b.bucket, name: t(`bucket.${b.bucket}`), count: b.count, colour: bucketColours[b.bucket] }));

  return (
    <div className={classes.charts} role="group" aria-label={t('charts.title')}>
      <Chart title={t('column.status')} filter={without(search, { status: '' })} slices={slicesOfStatus} chosen={picked} onChoose={toggle} />
      {dateFields.map(field => {
        const chosen = today ? bucketOf(search, field, today) : undefined;
        return (
          <Chart key={field} title={t(`column.${field}`)} filter={without(search, toBucket(search, field, undefined, today ?? ''))} slices={slicesOfDate(field)} chosen={chosen ? [chosen] : []}
            onChoose={bucket => { if (today) change(toBucket(search, field, bucket === chosen ? undefined : bucket as Bucket, today)); }} />
        );
      })}
    </div>
  );
}

function Chart({ filter, slices, ...chart }: { title: string; filter: ListQuery; slices: (summary: Summary) => Slice[]; chosen: string[]; onChoose: (key: string) => void }) {
  const { data } = useQuery({ ...summaryQuery(useCompany(), filter), placeholderData: keepPreviousData });
  return data ? <Donut {...chart} slices={slices(data)} /> : <Skeleton height={150} />;
}
