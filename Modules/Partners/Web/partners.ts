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

export const timelineQuery = (company: string, number: number) => queryOptions({
  queryKey: [company, 'partners', number, 'timeline'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/partners/{number}/timeline', { params: { path: { company, number }, query: { limit: 50 } }, signal })),
});

export const isOverLimit = (partner: Partner): boolean => partner.warnings.some(warning => warning.code === 'credit.limit.exceeded');
