import { Box, Button, Drawer, Group, Text, Title } from '@mantine/core';
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconFilter, IconFlag3, IconPlus, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionBar } from '@web/list/ActionBar';
import { Grid } from '@web/list/Grid';
import { useListPages, useListSearch } from '@web/list/search';
import { useSelection } from '@web/list/selection';
import { useUndoKey } from '@web/operations/undo';
import { whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useMayWrite } from '@web/session/session';
import { CompactPartner, partnerColumns } from './columns';
import { Filters } from './Filters';
import classes from './PartnerList.module.css';
import { listOverview, listPartners, type Partner, useChoices, useUsers } from './partners';
import { StageCounts } from './StageCounts';

const SetStage = lazy(() => import('./SetStage'));

/** The list of partners: as the CRM overview (partners that have a stage) or as Find partner (all). */
export function PartnerList({ overview }: { overview: boolean }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const go = useNavigate();
  const mayWrite = useMayWrite();
  const { search, change, clear } = useListSearch();
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  // The overview has ten columns to show; Find partner is for filtering (R37). What the user last chose goes before both.
  const [docked, setDocked] = useLocalStorage<boolean | null>({ key: `crm-filters-${overview ? 'overview' : 'find'}`, defaultValue: null, getInitialValueInEffect: false });
  const veryWide = useMediaQuery('(min-width: 106em)', true, { getInitialValueInEffect: false });
  const isDocked = wide && (docked ?? (!overview || veryWide));
  const [filters, { open, close }] = useDisclosure(false);
  const [staging, stage] = useDisclosure(false);
  const users = useUsers();
  const stages = useChoices('stages').all;
  const { rows, count, countIsExact, isPending, error, retry, paging } = useListPages<Partner>(overview ? 'overview' : 'partners', search, (asked, signal) => (overview ? listOverview : listPartners)(company, asked, signal));
  const { sort, ...filter } = search;

  const loaded = useMemo(() => rows.map(row => row.number), [rows]);
  const selection = useSelection(loaded, JSON.stringify(filter));
  const columns = useMemo(() => partnerColumns({ t, company, onTag: tag => change({ tag }), isDisabled: id => users.some(u => u.id === id && u.disabled) }),
    // What change does follows from the address bar, which search stands for.
    [t, company, users, search]);
  useUndoKey();
  useKeys({ s: () => { if (mayWrite && !selection.isEmpty) stage.open(); } });

  /** As the API names the rows. The overview has only partners with a stage, and a bulk change of all of it must too. */
  const target = () => {
    if (!selection.all) return { numbers: [...selection.numbers] };
    const named = { ...filter, ...(overview && !filter['stage'] ? { stage: stages.map(s => s.key).join(',') } : {}) };
    return { filter: new URLSearchParams(Object.keys(named).length > 0 ? named : { deleted: 'false' }).toString() };
  };

  const many = `${whole(count)}${countIsExact ? '' : '+'}`;
  const filtered = Object.keys(filter).length;
  return (
    <div className={classes.page}>
      {isDocked && <aside className={classes.filters} aria-label={t('filter.title')}><Filters stages={overview} /></aside>}
      <section className={classes.main} aria-labelledby="list-title">
        <Group className={classes.top} gap="sm">
          <Title order={1} size="h4" id="list-title">{t(overview ? 'overview.title' : 'find.title')}</Title>
          <Text size="sm" c="dimmed" role="status" aria-live="polite">{isPending ? t('list.loading') : t('list.count', { count, many })}</Text>
          <Group gap="xs" ml="auto">
            <Button size="compact-sm" variant={isDocked ? 'light' : 'default'} aria-pressed={wide ? isDocked : undefined} leftSection={<IconFilter size={16} />} onClick={() => (wide ? setDocked(!isDocked) : open())}>{filtered > 0 ? t('filter.some', { count: filtered }) : t('filter.title')}</Button>
            {mayWrite && <Button size="compact-sm" component={Link} to={`/${company}/partners/new`} leftSection={<IconPlus size={16} />} visibleFrom="sm">{t('create.button')}</Button>}
          </Group>
          <Box w="100%"><StageCounts /></Box>
        </Group>
        <ActionBar selection={selection} total={count} totalIsExact={countIsExact}>
          {mayWrite && <Button size="compact-sm" leftSection={<IconFlag3 size={16} />} onClick={stage.open}>{t('bulk.setStage')}</Button>}
        </ActionBar>
        {error && <ProblemPanel error={error} retry={retry} />}
        <div className={classes.list}>
          {error && rows.length === 0
            ? null
            : !isPending && rows.length === 0
              ? <Empty filtered={filtered > 0} onClear={clear} />
              : <Grid label={t(overview ? 'overview.title' : 'find.title')} columns={columns} rows={rows} numberOf={p => p.number} nameOf={p => p.name} compact={p => <CompactPartner partner={p} />}
                total={countIsExact ? count : null} sort={sort ?? (overview ? 'name' : '')} onSort={order => change({ sort: order })} {...paging}
                onOpen={p => void go({ to: `/${company}/partners/${p.number}` })} {...(mayWrite ? { selection } : {})} />}
        </div>
      </section>
      {!wide && <Drawer opened={filters} onClose={close} title={t('filter.title')} size="xs" closeButtonProps={{ 'aria-label': t('web:close') }}><Filters stages={overview} /></Drawer>}
      <Suspense>{staging && <SetStage target={target()} onClose={stage.close} onStarted={() => { stage.close(); selection.clear(); }} />}</Suspense>
    </div>
  );
}

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation('partners');
  return (
    <div className={classes.empty}>
      <IconSearch size={32} stroke={1.4} aria-hidden />
      <Text fw={600}>{t(filtered ? 'empty.filtered' : 'empty.none')}</Text>
      {filtered && <Button variant="default" onClick={onClear}>{t('filter.clear')}</Button>}
    </div>
  );
}
