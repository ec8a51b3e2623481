import type { ListQuery, Schemas } from '@web/api/client';
import { addDays } from '@web/edit/days';
import { dateFields, type DateField } from './cases';

export type Bucket = Schemas['DayBucket'];

export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** The day itself, or the Monday after it when it is on a weekend. */
export function workday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day;
}

/** The same date next month, or that month's last day where it has no such date. */
export function nextMonth(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10);
}

const ends = ['', '.lt', '.lte', '.gt', '.gte'];

/** How the list names the cases of a slice: the same that the summary counts in it. */
const ranges: Record<Bucket, (today: string) => Record<string, string>> = {
  overdue: today => ({ '.lt': today }),
  today: today => ({ '': today }),
  next7Days: today => ({ '.gt': today, '.lte': addDays(today, 7) }),
  later: today => ({ '.gt': addDays(today, 7) }),
  none: () => ({ '': 'none' }),
};
export const buckets = Object.keys(ranges) as Bucket[];

const rangeOf = (search: ListQuery, field: DateField): Record<string, string> => Object.fromEntries(ends.flatMap(end => { const value = search[`${field}${end}`]; return value ? [[end, value]] : []; }));

export const hasRange = (search: ListQuery, field: DateField): boolean => Object.keys(rangeOf(search, field)).length > 0;

/** The slice that the list is filtered to; undefined = none, or a stretch of time that is no slice, or today is not known yet. */
export function bucketOf(search: ListQuery, field: DateField, today: string | undefined): Bucket | undefined {
  if (!today) return undefined;
  const range = rangeOf(search, field);
  return buckets.find(bucket => {
    const wanted = ranges[bucket](today);
    return Object.keys(wanted).length === Object.keys(range).length && Object.entries(wanted).every(([end, value]) => range[end] === value);
  });
}

/** The change of the address bar that filters to a slice, or takes that filter away. Only cases that are worked on are counted in slices of dates. */
export function toBucket(search: ListQuery, field: DateField, bucket: Bucket | undefined, today: string | undefined): Record<string, string | undefined> {
  const wanted = bucket && today ? ranges[bucket](today) : {};
  const change = Object.fromEntries(ends.map(end => [`${field}${end}`, wanted[end]]));
  if (bucket) return { ...change, kind: 'open', closed: 'false' };
  const isOther = dateFields.some(other => other !== field && hasRange(search, other));
  return isOther ? change : { ...change, kind: undefined, closed: undefined };
}

/** Quick choices of a date, never on a weekend. */
export const quickDays = {
  nextDay: (today: string) => workday(addDays(today, 1)),
  nextWeek: (today: string) => workday(addDays(today, 7)),
  nextMonth: (today: string) => workday(nextMonth(today)),
};
