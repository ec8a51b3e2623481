import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answer, api } from '@web/api/client';
import { useCompany } from '@web/session/session';
import { inLanguage } from './plugins';

/** Names of the company's accounting systems, such as Fortnox for fortnox. What is not known stands for itself: one that is switched off, or while they are read. */
export function useSystemName(isAsked = true): (plugin: string) => string {
  const company = useCompany();
  const { data } = useQuery({
    queryKey: [company, 'accounting-systems'],
    staleTime: 300_000,
    enabled: isAsked,
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/accounting/systems', { params: { path: { company } }, signal }))).items,
  });
  return useCallback(plugin => { const names = data?.find(system => system.plugin === plugin)?.names; return (names && inLanguage(names)) ?? plugin; }, [data]);
}
