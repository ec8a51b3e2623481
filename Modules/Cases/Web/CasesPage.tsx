import { UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '@web/api/client';
import { ActionBar } from '@web/list/ActionBar';
import { Grid } from '@web/list/Grid';
import { ListBody, NoRows, useDocked } from '@web/list/ListFrame';
import { useOutside } from '@web/list/outside';
import { filtersOf, useListPages, useListSearch } from '@web/list/search';
import { useSelection } from '@web/list/selection';
import { whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany, useMayWrite } from '@web/session/session';
import { BulkActions } from './BulkActions';
import { type Case, listCases } from './cases';
import { CasesFrame } from './CasesFrame';
import classes from './CasesPage.module.css';
import { caseColumns, CompactCase } from './columns';
import { Sums } from './Sums';

const usualSort = '-number';

/** /{company}/cases (R3) */
export default function CasesPage() {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const go = useNavigate();
  const mayWrite = useMayWrite();
  const { search, change } = useListSearch();
  const filter = useMemo(() => filtersOf(search), [search]);
  const read = useCallback((asked: ListQuery, signal: AbortSignal) => listCases(company, asked, signal), [company]);
  const { rows, count, countIsExact, isPending, error, retry, between, paging } = useListPages<Case>('cases', search, read);
  const loaded = useMemo(() => rows.map(c => c.number), [rows]);
  const selection = useSelection(loaded, JSON.stringify(filter), paging.list, async (from, to) => (await between(from, to)).map(c => c.number));
  const outside = useOutside('cases', selection, search, loaded, read);
  const isRoomy = useMediaQuery('(min-width: 100em)', true, { getInitialValueInEffect: false });
  const isTight = useDocked('cases').isDocked && !isRoomy;
  const columns = useMemo(() => caseColumns(t, company, isTight), [t, company, isTight]);
  const target = () => (selection.all ? { filter: new URLSearchParams(Object.keys(filter).length > 0 ? filter : { deleted: 'false' }).toString() } : { numbers: [...selection.numbers] });
  const add = <><IconPlus size={16} aria-hidden />{t('create.add')}</>;

  return (
    <CasesFrame title={t('list.title')} usualSort={usualSort} charts count={isPending ? t('list.loading') : t('list.count', { count, many: `${whole(count)}${countIsExact ? '' : '+'}` })}>
      <ActionBar selection={selection} total={count} totalIsExact={countIsExact} outside={outside}>
        {mayWrite && <BulkActions target={target} isDeleted={search['deleted'] === 'true'} isReady={!selection.isEmpty} onStarted={selection.clear} />}
      </ActionBar>
      {error && <ProblemPanel error={error} retry={retry} />}
      <ListBody>
        {error && rows.length === 0 ? null : !isPending && rows.length === 0
          ? <NoRows icon={<IconSearch size={32} stroke={1.4} aria-hidden />} text={t(Object.keys(filter).length > 0 ? 'empty.filtered' : 'empty.none')} />
          : <Grid label={t('list.title')} columns={columns} rows={rows} numberOf={c => c.number} nameOf={c => c.title} compact={c => <CompactCase of={c} />} total={countIsExact ? count : null}
            sort={search['sort'] ?? usualSort} onSort={sort => change({ sort })} onOpen={c => void go({ to: `/${company}/cases/${c.number}` })} {...paging} {...(mayWrite ? { selection } : {})} />}
      </ListBody>
      {mayWrite && <UnstyledButton component={Link} to={`/${company}/cases/new`} className={classes.add}>{add}</UnstyledButton>}
      <Sums filter={filter} />
    </CasesFrame>
  );
}
