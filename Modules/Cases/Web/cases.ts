import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, type ListQuery, type Schemas } from '@web/api/client';
import { language } from '@web/i18n';
import { useCompany } from '@web/session/session';

export type Case = Schemas['CaseView'];
export type Summary = Schemas['CaseSummary'];
export type Status = Schemas['CaseChoiceView'];

export const listCases = (company: string, query: ListQuery, signal: AbortSignal) =>
  answer(api.GET('/api/v1/{company}/cases', { params: { path: { company }, query: query as object }, signal }));

export const caseQuery = (company: string, number: number) => queryOptions({
  queryKey: [company, 'cases', number],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/cases/{number}', { params: { path: { company, number } }, signal })),
});

/** Counts and sums of the cases that a filter keeps. */
export const summaryQuery = (company: string, filter: ListQuery) => queryOptions({
  queryKey: [company, 'cases', 'summary', filter],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/cases/summary', { params: { path: { company }, query: filter as object }, signal })),
});

/** The company's day, from which the server counts what is overdue; undefined until it is known. */
export function useToday(): string | undefined {
  return useQuery(summaryQuery(useCompany(), {})).data?.today;
}

/** The company's statuses, in order: the open ones, won, lost. */
export function useStatuses(): { all: Status[]; name: (key: string) => string; of: (key: string) => Status | undefined; error: Error | null; refetch: () => unknown } {
  const company = useCompany();
  const { data, error, refetch } = useQuery({
    queryKey: [company, 'case-statuses'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/case-statuses', { params: { path: { company } }, signal }))).items,
  });
  const of = (key: string) => data?.find(s => s.key === key);
  return { all: data ?? [], error, refetch, of, name: key => { const found = of(key); return found ? found.names[language()] ?? found.name : key; } };
}

export const dateFields = ['followUp', 'expectedClose'] as const;
export type DateField = (typeof dateFields)[number];

export const listOrders = (company: string, query: ListQuery, signal: AbortSignal) =>
  answer(api.GET('/api/v1/{company}/orders', { params: { path: { company }, query: query as object }, signal }));
