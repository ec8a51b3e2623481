import { Button, Drawer, Group, Text, Title } from '@mantine/core';
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconChartPie, IconFilter, IconLayoutKanban, IconList, IconPlus } from '@tabler/icons-react';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { filtersOf, useListSearch } from '@web/list/search';
import { useUndoKey } from '@web/operations/undo';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useMayWrite } from '@web/session/session';
import classes from './CasesFrame.module.css';
import { Charts } from './Charts';
import { Chips } from './Chips';
import { Filters } from './Filters';
import { SortMenu } from './SortMenu';

const views = [['cases', 'view.list', IconList], ['cases/board', 'view.board', IconLayoutKanban]] as const;

/** What is around the list and the board: filters at the left, title, view, order, what is filtered by. */
export function CasesFrame({ title, count, usualSort, charts = false, children }: { title: string; count: string; usualSort: string; charts?: boolean; children: ReactNode }) {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const go = useNavigate();
  const mayWrite = useMayWrite();
  const { pathname } = useLocation();
  const { search } = useListSearch();
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const [docked, setDocked] = useLocalStorage({ key: 'crm-filters-cases', defaultValue: false, getInitialValueInEffect: false });
  const [isCharted, setCharted] = useLocalStorage({ key: 'crm-charts-cases', defaultValue: wide, getInitialValueInEffect: false });
  const [filters, { open, close }] = useDisclosure(false);
  const isDocked = wide && docked;
  const filtered = Object.keys(filtersOf(search)).length;
  const create = `/${company}/cases/new${search['partner'] ? `?partner=${search['partner']}` : ''}`;
  useUndoKey();
  useKeys({ n: () => { if (mayWrite) void go({ to: create }); } });

  return (
    <div className={classes.page}>
      {isDocked && <aside className={classes.filters} aria-label={t('filter.title')}><Filters /></aside>}
      <section className={classes.main} aria-labelledby="list-title">
        <Group className={classes.top} gap="sm">
          <Title order={1} size="h4" id="list-title">{title}</Title>
          <Text size="sm" c="dimmed" role="status" aria-live="polite">{count}</Text>
          <Group gap="xs" ml="auto">
            <Button.Group>
              {views.map(([to, text, Icon]) => (
                <Button key={to} size="compact-sm" component={Link} to={`/${company}/${to}`} search={search as never} variant={pathname.endsWith(to) ? 'light' : 'default'} aria-current={pathname.endsWith(to) ? 'page' : undefined} leftSection={<Icon size={16} />}>{t(text)}</Button>
              ))}
            </Button.Group>
            {charts && <Button size="compact-sm" variant={isCharted ? 'light' : 'default'} aria-pressed={isCharted} leftSection={<IconChartPie size={16} />} onClick={() => setCharted(!isCharted)}>{t('charts.show')}</Button>}
            <SortMenu usual={usualSort} />
            <Button size="compact-sm" variant={isDocked ? 'light' : 'default'} aria-pressed={wide ? isDocked : undefined} leftSection={<IconFilter size={16} />} onClick={() => (wide ? setDocked(!docked) : open())}>{filtered > 0 ? t('filter.some', { count: filtered }) : t('filter.title')}</Button>
            {mayWrite && <Button size="compact-sm" component={Link} to={create} leftSection={<IconPlus size={16} />} aria-keyshortcuts="N">{t('create.short')}</Button>}
          </Group>
          <Chips />
        </Group>
        {charts && isCharted && <Charts />}
        {children}
      </section>
      {!wide && <Drawer opened={filters} onClose={close} title={t('filter.title')} size="xs" closeButtonProps={{ 'aria-label': t('web:close') }}><Filters /></Drawer>}
    </div>
  );
}
