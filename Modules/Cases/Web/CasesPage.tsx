import { Anchor, Badge, Group, Text, Title } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { Grid } from '@web/list/Grid';
import { language } from '@web/i18n';
import { useListPages, useListSearch } from '@web/list/search';
import { Amount } from '@web/parts/Amount';
import { day, whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import classes from './CasesPage.module.css';

type Case = Schemas['CaseView'];

/** A date that has passed shows a red clock, with the same in words (R98). */
function Due({ date, isOverdue, words }: { date: string | null; isOverdue: boolean; words: string }) {
  if (!date) return null;
  return isOverdue ? <Text span inherit c="var(--mantine-color-error)" title={words}>{day(date)} <IconClockExclamation size={15} role="img" aria-label={words} style={{ verticalAlign: '-2px' }} /></Text> : day(date);
}

/** The statuses' names in the user's language; a company makes its own. */
function useStatusName(): (status: Case['status']) => string {
  const company = useCompany();
  const { data } = useQuery({
    queryKey: [company, 'case-statuses'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/case-statuses', { params: { path: { company } }, signal }))).items,
  });
  return useCallback(status => data?.find(s => s.key === status.key)?.names[language()] ?? status.name, [data]);
}

/** /{company}/cases */
export default function CasesPage() {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const go = useNavigate();
  const { search, change } = useListSearch();
  const { rows, count, countIsExact, isPending, error, retry, paging } = useListPages<Case>('cases', search, (asked, signal) => answer(api.GET('/api/v1/{company}/cases', { params: { path: { company }, query: asked as object }, signal })));
  const statusName = useStatusName();
  const columns = useMemo(() => {
    const column = (id: string, width: string, cell: (row: Case) => ReactNode, rest: { sort?: string; end?: boolean } = { sort: id }): ColumnDef<Case> => ({ id, cell: ({ row }) => cell(row.original), meta: { head: t(`column.${id}`), width, ...rest } });
    return [
      column('number', '5rem', c => c.number),
      column('title', 'minmax(9rem, 2fr)', c => c.title),
      column('partner', 'minmax(11rem, 1.5fr)', c => <Anchor component={Link} to={`/${company}/partners/${c.partner.number}`} inherit>{c.partner.name ?? c.partner.number}</Anchor>, {}),
      column('status', '8rem', c => <Badge variant="light" radius="sm" tt="none" color={c.status.kind === 'won' ? 'green' : c.status.kind === 'lost' ? 'red' : 'blue'}>{statusName(c.status)}</Badge>),
      column('probability', '6.5rem', c => `${c.probability} %`, { sort: 'probability', end: true }),
      column('value', 'minmax(7.75rem, 1fr)', c => <Amount money={c.value} />, { sort: 'value', end: true }),
      column('weighted', 'minmax(7.75rem, 1fr)', c => <Amount money={c.weighted} />, { sort: 'weighted', end: true }),
      column('owner', 'minmax(6.5rem, 1fr)', c => c.owner?.name),
      column('followUp', '7.25rem', c => <Due date={c.followUp} isOverdue={c.overdue.followUp} words={t('overdue.followUp', { date: day(c.followUp) })} />),
      column('expectedClose', '7.25rem', c => <Due date={c.expectedClose} isOverdue={c.overdue.expectedClose} words={t('overdue.expectedClose', { date: day(c.expectedClose) })} />),
    ];
  }, [t, company, statusName]);

  const compact = (c: Case) => (
    <>
      <Group justify="space-between" wrap="nowrap" gap={8}><Text size="sm" fw={600} truncate>{c.title}</Text><Text span size="xs"><Amount money={c.value} /></Text></Group>
      <Group justify="space-between" wrap="nowrap" gap={8}><Text size="xs" c="dimmed" truncate>{c.partner.name}</Text><Text size="xs">{statusName(c.status)}</Text></Group>
    </>
  );

  return (
    <section className={classes.page} aria-labelledby="list-title">
      <Group className={classes.top} gap="sm">
        <Title order={1} size="h4" id="list-title">{t('list.title')}</Title>
        <Text size="sm" c="dimmed" role="status" aria-live="polite">{isPending ? '' : t('list.count', { count, many: `${whole(count)}${countIsExact ? '' : '+'}` })}</Text>
      </Group>
      {error && <ProblemPanel error={error} retry={retry} />}
      <div className={classes.list}>
        {!(error && rows.length === 0) && (
          <Grid label={t('list.title')} columns={columns} rows={rows} numberOf={c => c.number} nameOf={c => c.title} compact={compact} total={countIsExact ? count : null} sort={search['sort'] ?? ''} onSort={sort => change({ sort })}
            onOpen={c => void go({ to: `/${company}/partners/${c.partner.number}` })} {...paging} />
        )}
      </div>
    </section>
  );
}
