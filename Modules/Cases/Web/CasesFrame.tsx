import { Button } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconChartPie, IconLayoutKanban, IconList, IconPlus } from '@tabler/icons-react';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ListFrame } from '@web/list/ListFrame';
import { useListSearch } from '@web/list/search';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useMayWrite } from '@web/session/session';
import { Charts } from './Charts';
import { Chips } from './Chips';
import { SortMenu } from './SortMenu';

const Filters = lazy(() => import('./Filters'));

const views = [['cases', 'view.list', IconList], ['cases/board', 'view.board', IconLayoutKanban]] as const;

/** What is around the list and the board: which of both, order, charts, what is filtered by. */
export function CasesFrame({ title, count, usualSort, charts = false, children }: { title: string; count: string; usualSort: string; charts?: boolean; children: ReactNode }) {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const go = useNavigate();
  const mayWrite = useMayWrite();
  const { pathname } = useLocation();
  const { search } = useListSearch();
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const [isCharted, setCharted] = useLocalStorage({ key: 'crm-charts-cases', defaultValue: wide, getInitialValueInEffect: false });
  const create = `/${company}/cases/new${search['partner'] ? `?partner=${search['partner']}` : ''}`;
  useKeys({ n: mayWrite && { text: t('create.short'), run: () => void go({ to: create }) } });
  const tools = (
    <>
      <Button.Group>
        {views.map(([to, text, Icon]) => (
          <Button key={to} size="compact-sm" component={Link} to={`/${company}/${to}`} search={search as never} variant={pathname.endsWith(to) ? 'light' : 'default'} aria-current={pathname.endsWith(to) ? 'page' : undefined} leftSection={<Icon size={16} />}>{t(text)}</Button>
        ))}
      </Button.Group>
      {charts && <Button size="compact-sm" variant={isCharted ? 'light' : 'default'} aria-pressed={isCharted} leftSection={<IconChartPie size={16} />} onClick={() => setCharted(!isCharted)}>{t('charts.show')}</Button>}
      <SortMenu usual={usualSort} />
    </>
  );
  return (
    <ListFrame name="cases" title={title} status={count} filters={<Filters />} tools={tools} below={<Chips />}
      actions={mayWrite && <Button size="compact-sm" component={Link} to={create} leftSection={<IconPlus size={16} />} aria-keyshortcuts="N">{t('create.short')}</Button>}>
      {charts && isCharted && <Charts />}
      {children}
    </ListFrame>
  );
}
