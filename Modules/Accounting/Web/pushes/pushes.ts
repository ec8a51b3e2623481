import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type ListQuery, type Schemas } from '@web/api/client';
import { useCompany } from '@web/session/session';

export type Push = Schemas['PushView'];
export type Explanation = Schemas['Explanation'];

export const pushStates = ['waiting', 'sending', 'unknown', 'done', 'refused', 'review', 'withdrawn'] as const;
export const colours: Record<string, string> = { waiting: 'blue', sending: 'blue', unknown: 'yellow', done: 'green', refused: 'red', review: 'yellow', withdrawn: 'gray' };

/** Whether a try can be asked for. */
export const mayRetry = ({ state }: Push): boolean => ['waiting', 'unknown', 'refused', 'review', 'withdrawn'].includes(state);

export const listPushes = (company: string, query: ListQuery, signal: AbortSignal) =>
  answer(api.GET('/api/v1/{company}/accounting/pushes', { params: { path: { company }, query: query as object }, signal }));

export const pushQuery = (company: string, number: number) => queryOptions({
  queryKey: [company, 'accounting-pushes', number],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/accounting/pushes/{number}', { params: { path: { company, number } }, signal })),
});

export const explanationQuery = (company: string, number: number) => queryOptions({
  // Entries of the ledger and rules change it, and their numbers are not the partner's.
  queryKey: [company, 'accounting-why', `of ${number}`],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/partners/{number}/accounting', { params: { path: { company, number } }, signal }))).items,
});

/** Tries an entry now, or takes it back. */
export function usePushTurn(number: number) {
  const company = useCompany();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: [company] });
  const at = { params: { path: { company, number } } };
  return {
    retry: useMutation({ onSuccess, mutationFn: () => answer(api.POST('/api/v1/{company}/accounting/pushes/{number}/retry', at)) }),
    abandon: useMutation({ onSuccess, mutationFn: () => answer(api.POST('/api/v1/{company}/accounting/pushes/{number}/abandon', at)) }),
  };
}

/** Sends a partner to a system, whatever the rules say. */
export function useSend(partner: number) {
  const company = useCompany();
  const queries = useQueryClient();
  return useMutation({
    onSuccess: () => queries.invalidateQueries({ queryKey: [company] }),
    mutationFn: (plugin: string) => answer(api.POST('/api/v1/{company}/partners/{number}/accounting/{plugin}', { params: { path: { company, number: partner, plugin } } })),
  });
}

/** A body as it was sent or answered: JSON with its members under each other, and what is none as it is. */
export function inLines(body: string): string {
  try { return JSON.stringify(JSON.parse(body), null, 2); } catch { return body; }
}
