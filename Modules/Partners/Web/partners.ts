import { queryOptions } from '@tanstack/react-query';
import { answer, api, type ListQuery } from '@web/api/client';
import type { Partner } from '@web/parts/partner';

export { type Partner, partnerQuery } from '@web/parts/partner';
export { type Choice, choiceName, useChoices, useUsers } from '@web/parts/choices';

export type Choices = 'stages' | 'tags' | 'industries' | 'relations';

export const listPartners = (company: string, query: ListQuery, signal: AbortSignal) =>
  answer(api.GET('/api/v1/{company}/partners', { params: { path: { company }, query: query as object }, signal }));

export const listOverview = (company: string, query: ListQuery, signal: AbortSignal) =>
  answer(api.GET('/api/v1/{company}/partners/overview', { params: { path: { company }, query: query as object }, signal }));

/** What belongs to a partner, page by page. */
export const related = (company: string, number: number) => {
  const asked = (query: ListQuery, signal: AbortSignal) => ({ params: { path: { company, number }, query: query as object }, signal });
  return {
    cases: ({ partner: _, ...query }: ListQuery, signal: AbortSignal) => answer(api.GET('/api/v1/{company}/partners/{number}/cases', asked(query, signal))),
    orders: ({ partner: _, ...query }: ListQuery, signal: AbortSignal) => answer(api.GET('/api/v1/{company}/partners/{number}/orders', asked(query, signal))),
    invoices: ({ partner: _, ...query }: ListQuery, signal: AbortSignal) => answer(api.GET('/api/v1/{company}/partners/{number}/invoices', asked(query, signal))),
    branches: ({ parent: _, ...query }: ListQuery, signal: AbortSignal) => answer(api.GET('/api/v1/{company}/partners/{number}/branches', asked(query, signal))),
  };
};

/** How many of them there are. */
export const countQuery = (company: string, number: number, what: keyof ReturnType<typeof related>) => queryOptions({
  queryKey: [company, what === 'branches' ? 'partners' : what, 'count', number],
  queryFn: async ({ signal }) => (await related(company, number)[what]({ limit: '1' }, signal)).count,
});

export const isOverLimit = (partner: Partner): boolean => partner.warnings.some(warning => warning.code === 'credit.limit.exceeded');

/** Whether balance and limit are in one currency, so that a bar can show them. */
export const isComparable = ({ balance, creditLimit }: Partner): boolean => balance !== null && creditLimit !== null && balance.currency === creditLimit.currency;
