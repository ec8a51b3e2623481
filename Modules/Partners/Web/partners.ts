import { queryOptions } from '@tanstack/react-query';
import { answer, api, type ListQuery, type Schemas } from '@web/api/client';

export { type Choice, choiceName, useChoices, useUsers } from '@web/parts/choices';

export type Choices = 'stages' | 'tags' | 'industries' | 'relations';
export type Partner = Schemas['PartnerView'];

export const listPartners = (company: string, query: ListQuery, signal: AbortSignal) =>
  answer(api.GET('/api/v1/{company}/partners', { params: { path: { company }, query: query as object }, signal }));

export const listOverview = (company: string, query: ListQuery, signal: AbortSignal) =>
  answer(api.GET('/api/v1/{company}/partners/overview', { params: { path: { company }, query: query as object }, signal }));

export const partnerQuery = (company: string, number: number) => queryOptions({
  queryKey: [company, 'partners', number],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/partners/{number}', { params: { path: { company, number } }, signal })),
});

/** What is listed on a card: the first rows are enough, the lists' own pages have them all. */
const rowsOnCard = 50;
const onCard = (company: string, number: number) => ({ params: { path: { company, number }, query: { limit: rowsOnCard } } });

export const casesQuery = (company: string, number: number) => queryOptions({
  queryKey: [company, 'partners', number, 'cases'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/partners/{number}/cases', { ...onCard(company, number), signal })),
});

export const ordersQuery = (company: string, number: number) => queryOptions({
  queryKey: [company, 'partners', number, 'orders'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/partners/{number}/orders', { ...onCard(company, number), signal })),
});

export const branchesQuery = (company: string, number: number) => queryOptions({
  queryKey: [company, 'partners', number, 'branches'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/partners/{number}/branches', { ...onCard(company, number), signal })),
});

export const isOverLimit = (partner: Partner): boolean => partner.warnings.some(warning => warning.code === 'credit.limit.exceeded');

/** Whether balance and limit are in one currency, so that a bar can show them. */
export const isComparable = ({ balance, creditLimit }: Partner): boolean => balance !== null && creditLimit !== null && balance.currency === creditLimit.currency;
