import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { Lock, RelatedTable } from '@web/list/RelatedTable';
import { Amount } from '@web/parts/Amount';
import { day } from '@web/parts/formats';
import { useCompany } from '@web/session/session';
import { listOrders } from '../cases';
import { useCaseEditing } from './context';

type Order = Schemas['OrderView'];

/** The customer's orders with start and delivery (R103, R104). */
export function OrdersTab() {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const { c } = useCaseEditing();
  return (
    <RelatedTable<Order> name="orders" label={t('tab.orders', { count: c.related?.orders ?? 0 })} query={{ partner: `${c.partner.number}`, sort: '-number' }} read={(query, signal) => listOrders(company, query, signal)}
      columns={[
        { head: t('order.number'), cell: o => <Anchor component={Link} to={`/${company}/orders/${o.number}`} size="sm">{o.number}</Anchor> },
        { head: t('order.orderDate'), cell: o => day(o.orderDate) },
        { head: t('order.startDate'), cell: o => day(o.startDate) },
        { head: t('order.deliveryDate'), cell: o => day(o.deliveryDate) },
        { head: t('order.state'), cell: o => t(`orderState.${o.state}`) },
        { head: t('order.net'), cell: o => <Amount money={o.net} />, end: true },
        { head: t('related.lock'), cell: o => <Lock why={o.locked ? t('related.locked') : o.state === 'invoiced' || o.state === 'cancelled' ? t('closed') : null} /> },
      ]} />
  );
}
