import { Button } from '@mantine/core';
import { IconPlus, IconShoppingCart } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Grid } from '@web/list/Grid';
import { ListBody, ListFrame, NoRows } from '@web/list/ListFrame';
import { filtersOf, useListPages, useListSearch } from '@web/list/search';
import { whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useMayWrite } from '@web/session/session';
import { CompactOrder, orderColumns } from './columns';
import { listOrders, type Order } from './orders';

const Filters = lazy(() => import('./Filters'));

const usualSort = '-number';

/** /{company}/orders */
export default function OrdersPage() {
  const { t } = useTranslation('orders');
  const company = useCompany();
  const go = useNavigate();
  const mayWrite = useMayWrite();
  const { search, change } = useListSearch();
  const { rows, count, countIsExact, isPending, error, retry, paging } = useListPages<Order>('orders', search, (asked, signal) => listOrders(company, asked, signal));
  const columns = useMemo(() => orderColumns(t, company), [t, company]);
  const create = `/${company}/orders/new${search['partner'] ? `?partner=${search['partner']}` : ''}`;
  useKeys({ n: mayWrite && { text: t('create.title'), run: () => void go({ to: create }) } });

  return (
    <ListFrame name="orders" title={t('list.title')} status={isPending ? t('list.loading') : t('list.count', { count, many: `${whole(count)}${countIsExact ? '' : '+'}` })} filters={<Filters />}
      actions={mayWrite && <Button size="compact-sm" component={Link} to={create} leftSection={<IconPlus size={16} />} aria-keyshortcuts="N">{t('create.title')}</Button>}>
      {error && <ProblemPanel error={error} retry={retry} />}
      <ListBody>
        {error && rows.length === 0 ? null : !isPending && rows.length === 0
          ? <NoRows icon={<IconShoppingCart size={32} stroke={1.4} aria-hidden />} text={t(Object.keys(filtersOf(search)).length > 0 ? 'empty.filtered' : 'empty.none')} />
          : <Grid label={t('list.title')} columns={columns} rows={rows} numberOf={o => o.number} nameOf={o => `${o.number}`} compact={o => <CompactOrder order={o} />} total={countIsExact ? count : null}
            sort={search['sort'] ?? usualSort} onSort={sort => change({ sort })} onOpen={o => void go({ to: `/${company}/orders/${o.number}` })} {...paging} />}
      </ListBody>
    </ListFrame>
  );
}
