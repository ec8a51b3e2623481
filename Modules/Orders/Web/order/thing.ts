import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import type { Json, Members } from '@web/edit/patch';
import type { Editable } from '@web/edit/saving';
import { useUsers } from '@web/parts/choices';
import { country, day } from '@web/parts/formats';
import { useCompany } from '@web/session/session';
import { linesOf, netOf, writtenLines } from '../lines';
import { type Order, orderQuery, readOrder } from '../orders';

type Written = { id?: number; text: string; quantity: number; unitPrice: Schemas['Money']; discountPercent?: number };

/** The members that can be written, as they are written. */
export const writtenOrder = (order: Order): Members => ({
  kind: order.kind, orderDate: order.orderDate, startDate: order.startDate, deliveryDate: order.deliveryDate, owner: order.owner?.id ?? null, creditDays: order.creditDays, state: order.state,
  reference: order.reference, requisition: order.requisition, contact: order.contact, delivery: order.delivery as unknown as Json, note: order.note, lines: writtenLines(linesOf(order), order.currency),
});

/** A line that somebody has taken out comes back as a new one: ids are never used again. */
async function withKnownIds(company: string, number: number, patch: Members): Promise<Members> {
  const lines = patch['lines'] as unknown as Written[] | undefined;
  if (!lines?.some(line => line.id !== undefined)) return patch;
  const known = new Set((await readOrder(company, number)).lines.map(line => line.id));
  return { ...patch, lines: lines.map(({ id, ...line }) => (id !== undefined && known.has(id) ? { id, ...line } : line)) as unknown as Json };
}

/** An order as forms change it. */
export function useOrderThing(order: Order): Editable<Order> {
  const { t } = useTranslation('orders');
  const company = useCompany();
  const users = useUsers();
  const person = (id: string | null): Schemas['NamedId'] | null => (id === null ? null : { id, name: users.find(u => u.id === id)?.name ?? id, disabled: null });
  return {
    company, key: orderQuery(company, order.number).queryKey, name: t('order.name', { number: order.number }),
    read: () => readOrder(company, order.number),
    write: async (patch, ifMatch) => answer(api.PATCH('/api/v1/{company}/orders/{number}', { params: { path: { company, number: order.number }, header: { 'If-Match': ifMatch } }, body: await withKnownIds(company, order.number, patch) as Schemas['OrderFields'] })),
    written: writtenOrder,
    painted: {
      owner: (id: string | null) => person(id),
      lines: (lines: Written[], { currency }: Order) => lines.map((line, i) => {
        const discountPercent = line.discountPercent ?? 0;
        return { ...line, id: line.id ?? -1 - i, discountPercent, net: { amount: netOf({ row: 0, id: null, text: '', quantity: line.quantity, price: line.unitPrice.amount, discount: discountPercent }, currency, 0), currency } };
      }),
    } as NonNullable<Editable<Order>['painted']>,
    label: pointer => (pointer === '/lines' ? t('lines.title') : pointer === '/state' ? t('column.state') : t(`field.${pointer.slice(1).replaceAll('/', '.')}`)),
    words: (pointer, value) => {
      if (value === null || value === undefined) return '';
      if (pointer.endsWith('Date')) return day(String(value));
      if (pointer === '/lines') return t('lines.count', { count: (value as unknown[]).length });
      if (pointer === '/owner') return person(String(value))?.name ?? '';
      if (pointer === '/delivery/country') return country(String(value));
      if (pointer === '/kind' || pointer === '/state') return t(`${pointer.slice(1)}.${String(value)}`);
      return String(value);
    },
  };
}
