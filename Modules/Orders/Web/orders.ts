import { queryOptions } from '@tanstack/react-query';
import { answer, api, type ListQuery, type Schemas } from '@web/api/client';

export type Order = Schemas['OrderView'];
export type Warning = Schemas['Warning'];

export const kinds = ['sales', 'production'] as const satisfies Schemas['OrderKind'][];

/** The way of an order that is not given up. */
export const steps = ['draft', 'confirmed', 'delivered', 'invoiced'] as const satisfies Schemas['OrderState'][];
export const states = [...steps, 'cancelled'] as const;

export const listOrders = (company: string, query: ListQuery, signal: AbortSignal) =>
  answer(api.GET('/api/v1/{company}/orders', { params: { path: { company }, query: query as object }, signal }));

export const readOrder = (company: string, number: number, signal?: AbortSignal): Promise<Order> =>
  answer(api.GET('/api/v1/{company}/orders/{number}', { params: { path: { company, number } }, signal: signal ?? null }));

export const orderQuery = (company: string, number: number) => queryOptions({ queryKey: [company, 'orders', number], queryFn: ({ signal }) => readOrder(company, number, signal) });

export const isOverLimit = (order: Order): boolean => order.warnings.some(warning => warning.code.startsWith('credit.'));

/** Why nothing on the order can be changed; null = it can. */
export const fixedBy = (order: Order): 'cancelled' | 'invoiced' | 'locked' | null =>
  (order.state === 'cancelled' || order.state === 'invoiced' ? order.state : order.locked ? 'locked' : null);
