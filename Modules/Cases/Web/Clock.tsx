import { Text, Tooltip } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { day } from '@web/parts/formats';
import { type Case, type DateField, dateFields, useToday } from './cases';
import { daysBetween } from './days';

/** What is late about a case, in words; '' = nothing. The server says what is overdue: it knows the company's day. */
export function useLate(): (c: Case, field?: DateField) => string {
  const { t } = useTranslation('cases');
  const today = useToday();
  return (c, only) => dateFields.filter(field => c.overdue[field] && (only === undefined || only === field))
    .map(field => t(`late.${field}`, { date: day(c[field]), count: today ? daysBetween(c[field]!, today) : 0 })).join('. ');
}

/** The red clock of an open case with a date that has passed (R98). */
export function Clock({ of, size = 18 }: { of: Case; size?: number }) {
  const words = useLate()(of);
  if (!words) return null;
  return <Tooltip label={words} multiline maw={260}><IconClockExclamation size={size} role="img" aria-label={words} color="var(--mantine-color-error)" style={{ verticalAlign: 'middle', flex: 'none' }} /></Tooltip>;
}

/** A date of a case, red when it has passed; the words are the clock's. */
export function CaseDay({ of, field }: { of: Case; field: DateField }) {
  if (!of[field]) return null;
  return of.overdue[field] ? <Text span inherit c="var(--mantine-color-error)">{day(of[field])}</Text> : day(of[field]);
}
