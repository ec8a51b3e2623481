import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { Amount } from '@web/parts/Amount';
import { day } from '@web/parts/formats';
import { useCompany } from '@web/session/session';
import { listOrders } from '../cases';
import { useCaseEditing } from './context';
import { RelatedTable } from './RelatedTable';

type Order = Schemas['OrderView'];

/** The customer's orders with start and delivery (R103, R104). */
export function OrdersTab() {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const { c } = useCaseEditing();
  return (
    <RelatedTable<Order> name="orders" label={t('tab.orders', { count: c.related?.orders ?? 0 })} query={{ partner: `${c.partner.number}`, sort: '-number' }} read={(query, signal) => listOrders(company, query, signal)}
      heads={['number', 'orderDate', 'startDate', 'deliveryDate', 'state', 'net'].map(head => t(`order.${head}`))}
      cells={order => [
        <Anchor key="number" component={Link} to={`/${company}/orders/${order.number}`} size="sm">{order.number}</Anchor>, day(order.orderDate), day(order.startDate), day(order.deliveryDate), t(`orderState.${order.state}`), <Amount key="net" money={order.net} />,
      ]}
      lock={order => (order.locked ? t('related.locked') : order.state === 'invoiced' || order.state === 'cancelled' ? t('closed') : null)} openWords={t('related.open')} />
  );
}
