import { Button, Drawer, Group, Text, Title } from '@mantine/core';
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconFilter, IconPlus, IconShoppingCart } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Grid } from '@web/list/Grid';
import { filtersOf, useListPages, useListSearch } from '@web/list/search';
import { useUndoKey } from '@web/operations/undo';
import { whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useMayWrite } from '@web/session/session';
import { CompactOrder, orderColumns } from './columns';
import { Filters } from './Filters';
import { listOrders, type Order } from './orders';
import classes from './Orders.module.css';

const usualSort = '-number';

/** /{company}/orders */
export default function OrdersPage() {
  const { t } = useTranslation('orders');
  const company = useCompany();
  const go = useNavigate();
  const mayWrite = useMayWrite();
  const { search, change, clear } = useListSearch();
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const [docked, setDocked] = useLocalStorage({ key: 'crm-filters-orders', defaultValue: false, getInitialValueInEffect: false });
  const [filters, { open, close }] = useDisclosure(false);
  const { rows, count, countIsExact, isPending, error, retry, paging } = useListPages<Order>('orders', search, (asked, signal) => listOrders(company, asked, signal));
  const columns = useMemo(() => orderColumns(t, company), [t, company]);
  const filtered = Object.keys(filtersOf(search)).length;
  const isDocked = wide && docked;
  const create = `/${company}/orders/new${search['partner'] ? `?partner=${search['partner']}` : ''}`;
  useUndoKey();
  useKeys({ n: () => { if (mayWrite) void go({ to: create }); } });

  return (
    <div className={classes.page}>
      {isDocked && <aside className={classes.filters} aria-label={t('filter.title')}><Filters /></aside>}
      <section className={classes.main} aria-labelledby="list-title">
        <Group className={classes.top} gap="sm">
          <Title order={1} size="h4" id="list-title">{t('list.title')}</Title>
          <Text size="sm" c="dimmed" role="status" aria-live="polite">{isPending ? t('list.loading') : t('list.count', { count, many: `${whole(count)}${countIsExact ? '' : '+'}` })}</Text>
          <Group gap="xs" ml="auto">
            <Button size="compact-sm" variant={isDocked ? 'light' : 'default'} aria-pressed={wide ? isDocked : undefined} leftSection={<IconFilter size={16} />} onClick={() => (wide ? setDocked(!docked) : open())}>{filtered > 0 ? t('filter.some', { count: filtered }) : t('filter.title')}</Button>
            {mayWrite && <Button size="compact-sm" component={Link} to={create} leftSection={<IconPlus size={16} />} aria-keyshortcuts="N">{t('create.title')}</Button>}
          </Group>
        </Group>
        {error && <ProblemPanel error={error} retry={retry} />}
        <div className={classes.list}>
          {error && rows.length === 0 ? null : !isPending && rows.length === 0
            ? (
              <div className={classes.empty}>
                <IconShoppingCart size={32} stroke={1.4} aria-hidden />
                <Text fw={600}>{t(filtered > 0 ? 'empty.filtered' : 'empty.none')}</Text>
                {filtered > 0 && <Button variant="default" onClick={clear}>{t('filter.clear')}</Button>}
              </div>
            )
            : <Grid label={t('list.title')} columns={columns} rows={rows} numberOf={o => o.number} nameOf={o => `${o.number}`} compact={o => <CompactOrder order={o} />} total={countIsExact ? count : null}
              sort={search['sort'] ?? usualSort} onSort={sort => change({ sort })} onOpen={o => void go({ to: `/${company}/orders/${o.number}` })} {...paging} />}
        </div>
      </section>
      {!wide && <Drawer opened={filters} onClose={close} title={t('filter.title')} size="xs" closeButtonProps={{ 'aria-label': t('web:close') }}><Filters /></Drawer>}
    </div>
  );
}
