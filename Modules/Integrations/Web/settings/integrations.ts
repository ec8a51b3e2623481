import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { useCompany } from '@web/session/session';

export type Integration = Schemas['IntegrationView'];
export type Setting = Schemas['SettingSchema'];
export type Value = string | number | boolean | null;

export const integrationsQuery = (company: string) => queryOptions({
  queryKey: [company, 'integrations'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/integrations', { params: { path: { company } }, signal }))).items,
});

/** What the company has set, without secrets. */
export const valuesOf = (integration: Integration): Record<string, Value> => integration.settings as Record<string, Value>;

/** A setting that must be told because the plugin has no default for it. */
export const isNeeded = (integration: Integration, name: string): boolean =>
  (integration.schema?.required.includes(name) ?? false) && (integration.schema?.properties[name]?.default ?? null) === null;

export type State = 'on' | 'off' | 'unavailable' | 'incomplete';

export function stateOf(integration: Integration): State {
  if (integration.available === null) return 'unavailable';
  const isIncomplete = integration.schema?.required.some(name => isNeeded(integration, name) && !(name in valuesOf(integration)) && !(name in integration.secrets)) ?? false;
  return isIncomplete ? 'incomplete' : integration.enabled ? 'on' : 'off';
}

/** Switches on or off and writes settings: null clears one, and what is not named stays. */
export function useChange(plugin: string) {
  const company = useCompany();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { enabled?: boolean; settings?: Record<string, Value> }) => answer(api.PATCH('/api/v1/{company}/integrations/{plugin}', { params: { path: { company, plugin } }, body })),
    onSuccess: changed => {
      queries.setQueryData(integrationsQuery(company).queryKey, before => before?.map(i => (i.plugin === plugin ? changed : i)));
      // What a plugin answers depends on them too.
      void queries.invalidateQueries({ queryKey: [company] });
    },
  });
}
