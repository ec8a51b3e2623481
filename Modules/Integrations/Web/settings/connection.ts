import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { useCompany } from '@web/session/session';
import { integrationsQuery } from './integrations';

export type Start = Schemas['ConnectionStart'];

/** How somebody came back from a system's consent. */
export const outcomes = ['connected', 'denied', 'failed', 'expired'] as const;
export type Outcome = (typeof outcomes)[number];

/** Asks where to send the browser; the address is good for ten minutes. */
export function useConnect(plugin: string) {
  const company = useCompany();
  return useMutation({ mutationFn: () => answer(api.POST('/api/v1/{company}/integrations/{plugin}/connect', { params: { path: { company, plugin } } })) });
}

/** Takes the consent back. */
export function useDisconnect(plugin: string) {
  const company = useCompany();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/{company}/integrations/{plugin}/disconnect', { params: { path: { company, plugin } } })),
    onSuccess: changed => {
      queries.setQueryData(integrationsQuery(company).queryKey, before => before?.map(i => (i.plugin === plugin ? changed : i)));
      void queries.invalidateQueries({ queryKey: [company] });
    },
  });
}
