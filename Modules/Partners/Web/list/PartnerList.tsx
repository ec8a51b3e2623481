import { Box, Button, Group } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '@web/api/client';
import { ActionBar } from '@web/list/ActionBar';
import { ColumnMenu } from '@web/list/ColumnMenu';
import { useColumns } from '@web/list/columns';
import { Grid } from '@web/list/Grid';
import { ListBody, ListFrame } from '@web/list/ListFrame';
import { useOutside } from '@web/list/outside';
import { filtersOf, OpenView, useListPages, useListSearch } from '@web/list/search';
import { useSelection } from '@web/list/selection';
import { useViews, type Views } from '@web/list/views';
import { ViewTabs } from '@web/list/ViewTabs';
import { useBalanceAge } from '@web/parts/BalanceAge';
import { whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useMayWrite } from '@web/session/session';
import { listOverview, listPartners, type Partner, useUsers } from '../partners';
import { bulkActions, type BulkName } from './actions';
import { BulkActions } from './BulkActions';
import { CompactPartner, partnerColumns, usualColumns } from './columns';
import { EmptyList } from './EmptyList';
import { FilterChips } from './FilterChips';
import { Kpis } from './Kpis';
import classes from './PartnerList.module.css';
import { StageCounts } from './StageCounts';
import { usePartnerEdit } from './usePartnerEdit';
import { useReadyViews } from './views';

const BulkChange = lazy(() => import('./BulkChange'));
const Filters = lazy(() => import('./Filters'));
const Peek = lazy(() => import('./Peek'));

/** The list of partners: as the CRM overview (partners that have a stage) or as Find partner (all). */
export function PartnerList({ overview }: { overview: boolean }) {
  const views = useViews('partners', useReadyViews());
  const id = (useSearch({ strict: false }) as ListQuery)['view'];
  const open = useMemo(() => (id ? { id, query: views.queryOf(id) } : null), [id, views]);
  // A saved view says which rows; until it is here there is nothing to ask for.
  if (open && open.query === null && views.isPending) return null;
  return <OpenView value={open}><Rows overview={overview} views={views} /></OpenView>;
}

function Rows({ overview, views }: { overview: boolean; views: Views }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const go = useNavigate();
  const mayWrite = useMayWrite();
  const { search, change } = useListSearch();
  // The overview has ten columns to show; Find partner is for filtering (R37).
  const veryWide = useMediaQuery('(min-width: 106em)', true, { getInitialValueInEffect: false });
  const [over, setOver] = useState<{ bulk: BulkName } | { peek: Partner } | null>(null);
  const hide = () => setOver(null);
  const users = useUsers();
  const name = overview ? 'overview' : 'partners';
  const read = useCallback((asked: ListQuery, signal: AbortSignal) => (overview ? listOverview : listPartners)(company, asked, signal), [overview, company]);
  const { rows, count, countIsExact, isPending, error, retry, between, paging } = useListPages<Partner>(name, search, read);
  const filter = filtersOf(search);

  const loaded = useMemo(() => rows.map(row => row.number), [rows]);
  const selection = useSelection(loaded, JSON.stringify(filter), paging.list, async (from, to) => (await between(from, to)).map(row => row.number));
  const outside = useOutside(name, selection, search, loaded, read);
  const ageOf = useBalanceAge();
  const known = useMemo(() => partnerColumns({ t, company, onTag: tag => change({ tag }), isDisabled: id => users.some(u => u.id === id && u.disabled), ageOf }),
    // What change does follows from the address bar, which search stands for.
    [t, company, users, search, ageOf]);
  const columns = useColumns('partners', known, usualColumns);
  const { edit, dialog } = usePartnerEdit();
  useKeys(mayWrite && !selection.isEmpty ? Object.fromEntries(bulkActions.flatMap(a => ('key' in a ? [[a.key, { text: t(`bulk.${a.name}`), run: () => setOver({ bulk: a.name }) }]] : []))) : {});

  /** As the API names the rows. The overview has only partners with a stage, and a bulk change of all of it must too. */
  const target = () => (selection.all ? { filter: new URLSearchParams({ ...(overview ? { stage: 'any' } : { deleted: 'false' }), ...filter }).toString() } : { numbers: [...selection.numbers] });
  const many = `${whole(count)}${countIsExact ? '' : '+'}`;
  const filtered = Object.keys(filter).length;
  const title = t(overview ? 'overview.title' : 'find.title');
  return (
    <ListFrame name={overview ? 'overview' : 'find'} title={title} status={isPending ? t('list.loading') : t('list.count', { count, many })} filters={<Filters stages={overview} />} docks={!overview || veryWide}
      actions={(
        <>
          <Box visibleFrom="sm"><ColumnMenu columns={columns} /></Box>
          {mayWrite && <Button size="compact-sm" component={Link} to={`/${company}/partners/new`} leftSection={<IconPlus size={16} />} visibleFrom="sm">{t('create.button')}</Button>}
        </>
      )}>
      {overview && <Kpis />}
      <ViewTabs views={views} list="partners" />
      <Group className={classes.chips} gap="xs" justify="space-between"><StageCounts /><FilterChips /></Group>
      <ActionBar selection={selection} total={count} totalIsExact={countIsExact} outside={outside}>
        {mayWrite && <BulkActions onChoose={bulk => setOver({ bulk })} />}
      </ActionBar>
      {error && <ProblemPanel error={error} retry={retry} />}
      <ListBody>
        {error && rows.length === 0
          ? null
          : !isPending && !paging.isWaiting && rows.length === 0
            ? <EmptyList filtered={filtered > 0} />
            : <Grid label={title} columns={columns.columns} rows={rows} numberOf={p => p.number} nameOf={p => p.name} compact={p => <CompactPartner partner={p} />}
              total={countIsExact ? count : null} sort={search['sort'] ?? (overview ? 'name' : '')} onSort={order => change({ sort: order })} {...paging} onWidth={columns.resize} onPeek={peek => setOver({ peek })}
              onOpen={p => void go({ to: `/${company}/partners/${p.number}` })} {...(mayWrite ? { selection, edit } : {})} />}
      </ListBody>
      {dialog}
      <Suspense>
        {over && 'bulk' in over && <BulkChange action={over.bulk} target={target()} onClose={hide} onStarted={() => { hide(); selection.clear(); }} />}
        {over && 'peek' in over && <Peek number={over.peek.number} name={over.peek.name} onClose={hide} />}
      </Suspense>
    </ListFrame>
  );
}
