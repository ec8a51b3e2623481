import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, type ListQuery, type Schemas } from '@web/api/client';
import { language } from '@web/i18n';
import { useCompany } from '@web/session/session';

export type Partner = Schemas['PartnerView'];
export type Choice = Schemas['ChoiceView'];
export type Choices = 'stages' | 'tags' | 'industries' | 'relations';

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

/** The company's own lists: seldom changed, named in its users' languages. */
export function useChoices(kind: Choices): { all: Choice[]; name: (key: string) => string } {
  const company = useCompany();
  const { data } = useQuery({
    queryKey: [company, kind],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await answer(api.GET(`/api/v1/{company}/${kind}` as '/api/v1/{company}/stages', { params: { path: { company } }, signal }))).items,
  });
  const all = data ?? [];
  return { all, name: key => { const found = all.find(c => c.key === key); return found?.names[language()] ?? found?.name ?? key; } };
}

export const choiceName = (choice: Choice): string => choice.names[language()] ?? choice.name;

/** Everybody who is or was in the company. */
export function useUsers(): Schemas['MemberView'][] {
  const company = useCompany();
  const { data } = useQuery({
    queryKey: [company, 'users'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/users', { params: { path: { company } }, signal }))).items,
  });
  return data ?? [];
}

export const isOverLimit = (partner: Partner): boolean => partner.warnings.some(warning => warning.code === 'credit.limit.exceeded');
