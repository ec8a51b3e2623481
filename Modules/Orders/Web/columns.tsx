import { Anchor, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@web/parts/Amount';
import { day } from '@web/parts/formats';
import { isOverLimit, type Order } from './orders';
import { StateBadge } from './StateBadge';

/** The list's columns, in the order that a new user sees. */
export function orderColumns(t: (key: string) => string, company: string): ColumnDef<Order>[] {
  const column = (id: string, width: string, cell: (order: Order) => ReactNode, more: { sort?: string; end?: boolean } = { sort: id }): ColumnDef<Order> =>
    ({ id, cell: ({ row }) => cell(row.original), meta: { head: t(`column.${id}`), width, ...more } });
  return [
    column('number', '6rem', o => <Anchor component={Link} to={`/${company}/orders/${o.number}`} tabIndex={-1} inherit fw={500}>{o.number}</Anchor>),
    column('kind', '5.75rem', o => t(`kind.${o.kind}`)),
    column('partner', 'minmax(9rem, 2fr)', o => <Customer order={o} company={company} />, {}),
    column('case', '4.9rem', o => o.case !== null && <Anchor component={Link} to={`/${company}/cases/${o.case}`} tabIndex={-1} inherit>{o.case}</Anchor>),
    column('orderDate', '6.5rem', o => day(o.orderDate)),
    column('startDate', '5.75rem', o => day(o.startDate)),
    column('deliveryDate', '5.9rem', o => day(o.deliveryDate)),
    column('owner', 'minmax(6.5rem, 0.5fr)', o => o.owner && <Text span inherit c={o.owner.disabled ? 'dimmed' : undefined} fs={o.owner.disabled ? 'italic' : undefined} title={o.owner.disabled ? t('owner.disabled') : undefined}>{o.owner.name}</Text>),
    column('net', '8.1rem', o => <Amount money={o.net} />, { sort: 'net', end: true }),
    column('invoiced', '8.1rem', o => (o.invoicedNet.amount === 0 ? null : <Amount money={o.invoicedNet} />), { end: true }),
    column('state', '8.4rem', o => <Group gap={4} wrap="nowrap"><StateBadge state={o.state} /><Closed order={o} /></Group>),
  ];
}

/** Whose order it is; with an icon and words when the customer is over the limit and the order is still open (R40). */
function Customer({ order, company }: { order: Order; company: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Anchor component={Link} to={`/${company}/partners/${order.partner.number}`} tabIndex={-1} inherit display="block" truncate lh={1.2} title={order.partner.name ?? undefined}>{order.partner.name ?? order.partner.number}</Anchor>
      {isOverLimit(order) && <Text span display="block" size="xs" fw={600} lh={1.15} c="var(--mantine-color-error)"><IconAlertTriangle size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('web:overLimit')}</Text>}
    </>
  );
}

/** A lock with its words, where nothing on the order changes any more. */
function Closed({ order }: { order: Order }) {
  const { t } = useTranslation('orders');
  return order.locked ? <IconLock size={15} role="img" aria-label={t('locked')}><title>{t('locked')}</title></IconLock> : null;
}

/** What a narrow screen shows of an order. */
export function CompactOrder({ order }: { order: Order }) {
  const { t } = useTranslation();
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap={8}><Text size="sm" fw={600} truncate>{order.partner.name}</Text><StateBadge state={order.state} /></Group>
      <Group justify="space-between" wrap="nowrap" gap={8}>
        {isOverLimit(order)
          ? <Text size="xs" fw={600} truncate c="var(--mantine-color-error)"><IconAlertTriangle size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('web:overLimit')}</Text>
          : <Text size="xs" c="dimmed" truncate>{[order.number, day(order.deliveryDate), order.owner?.name].filter(Boolean).join(' · ')}</Text>}
        <Text span size="xs"><Amount money={order.net} /></Text>
      </Group>
    </>
  );
}
