import { Anchor, Badge, Group, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Grid } from '@web/list/Grid';
import { ListBody, ListFrame, NoRows } from '@web/list/ListFrame';
import { filtersOf, useListPages, useListSearch } from '@web/list/search';
import { useChoices } from '@web/parts/choices';
import { ago, moment, whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useSystemName } from '@web/parts/systems';
import { useCompany } from '@web/session/session';
import { listPushes, type Push } from './pushes';
import { PushState } from './PushState';

const Filters = lazy(() => import('./Filters'));
const Details = lazy(() => import('./Details'));

/** /{company}/accounting/pushes: what was sent to accounting systems, is being sent, or waits; one entry for each partner and system. */
export default function PushesPage() {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  const { search, change } = useListSearch();
  const { rows, count, countIsExact, isPending, error, retry, paging } = useListPages<Push>('accounting-pushes', search, (asked, signal) => listPushes(company, asked, signal));
  const nameOf = useSystemName();
  const tags = useChoices('tags');
  const [opened, setOpened] = useState<number | null>(null);
  const columns = useMemo(() => {
    const column = (id: string, width: string, cell: (push: Push) => ReactNode, more: { sort?: string; end?: boolean } = {}): ColumnDef<Push> => ({ id, cell: ({ row }) => cell(row.original), meta: { head: t(`pushes.${id}`), width, ...more } });
    return [
      column('number', '5rem', p => p.number, { sort: 'number' }),
      column('name', 'minmax(10rem, 2fr)', p => (p.partner === null ? p.name : <Anchor component={Link} to={`/${company}/partners/${p.partner}`} tabIndex={-1} inherit>{p.name ?? p.partner}</Anchor>)),
      column('system', '8rem', p => nameOf(p.plugin), { sort: 'plugin' }),
      column('kind', '7rem', p => t(`pushKind.${p.kind}`)),
      column('state', '8.5rem', p => <PushState state={p.state} />, { sort: 'state' }),
      column('rule', 'minmax(6rem, 1fr)', p => p.rule && <Badge variant="default" radius="sm" tt="none" fw={500}>{tags.name(p.rule)}</Badge>),
      column('externalNumber', '7rem', p => p.externalNumber),
      column('tries', '5rem', p => p.attempts.length > 0 && whole(p.attempts.length), { end: true }),
      column('next', '9rem', p => p.dueAt && <span title={moment(p.dueAt)}>{ago(p.dueAt)}</span>),
    ];
  // Names follow from what was read.
  }, [t, company, nameOf, tags.all]);
  const compact = (p: Push) => (
    <>
      <Group justify="space-between" wrap="nowrap" gap={8}><Text size="sm" fw={600} truncate>{p.name ?? p.partner}</Text><PushState state={p.state} /></Group>
      <Text size="xs" c="dimmed" truncate>{[nameOf(p.plugin), t(`pushKind.${p.kind}`), p.externalNumber].filter(Boolean).join(' · ')}</Text>
    </>
  );
  return (
    <ListFrame name="accounting-pushes" title={t('pushes.title')} status={isPending ? t('loading') : t('pushes.count', { count, many: `${whole(count)}${countIsExact ? '' : '+'}` })} filters={<Filters />}>
      {error && <ProblemPanel error={error} retry={retry} />}
      <ListBody>
        {error && rows.length === 0 ? null : !isPending && rows.length === 0
          ? <NoRows icon={<IconSend size={32} stroke={1.4} aria-hidden />} text={t(Object.keys(filtersOf(search)).length > 0 ? 'pushes.noneFiltered' : 'pushes.none')} />
          : <Grid label={t('pushes.title')} columns={columns} rows={rows} numberOf={p => p.number} nameOf={p => p.name ?? `${p.number}`} compact={compact} total={countIsExact ? count : null}
            sort={search['sort'] ?? '-number'} onSort={sort => change({ sort })} onOpen={p => setOpened(p.number)} onPeek={p => setOpened(p.number)} {...paging} />}
      </ListBody>
      <Suspense>{opened !== null && <Details number={opened} onClose={() => setOpened(null)} />}</Suspense>
    </ListFrame>
  );
}
