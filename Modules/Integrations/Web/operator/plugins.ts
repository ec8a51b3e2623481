import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { inLanguage } from '@web/parts/plugins';

export type Plugin = Schemas['PluginView'];
export type Version = Schemas['StoredVersionView'];

const key = ['operator', 'plugins'] as const;
/** How calls go and what happens by itself is nobody's change, so it is read again. */
const often = 10_000;

export const pluginsQuery = queryOptions({ queryKey: key, refetchInterval: often, queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/operator/plugins', { signal }))).items });
export const pluginQuery = (id: string) => queryOptions({ queryKey: [...key, id], refetchInterval: often, queryFn: ({ signal }) => answer(api.GET('/api/v1/operator/plugins/{id}', { params: { path: { id } }, signal })) });

/** The server's companies, which canaries and pins name by number. */
export function useCompanies() {
  const { data } = useQuery({ queryKey: ['operator', 'companies'], queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/operator/companies', { signal }))).items });
  const companies = data ?? [];
  return { companies, nameOf: (number: number) => companies.find(c => c.number === number)?.name ?? String(number) };
}

/** Stores a package; it serves nobody yet. */
export function useUpload() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => answer(api.POST('/api/v1/operator/plugins', { body: file as unknown as string, bodySerializer: body => body as unknown as File, headers: { 'Content-Type': 'application/zip' } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
}

/** What an operator does with a plugin. */
export type Action =
  | { kind: 'activate'; version: string } | { kind: 'canary'; version: string; companies: string[]; errorRate: number } | { kind: 'pin'; version: string; slug: string } | { kind: 'unpin'; slug: string }
  | { kind: 'rollBack' } | { kind: 'disable' } | { kind: 'remove'; version: string };

function send(id: string, action: Action): Promise<Plugin> {
  const path = { id };
  switch (action.kind) {
    case 'activate': return answer(api.POST('/api/v1/operator/plugins/{id}/activate', { params: { path }, body: { version: action.version } }));
    case 'canary': return answer(api.POST('/api/v1/operator/plugins/{id}/canary', { params: { path }, body: { version: action.version, companies: action.companies, errorRate: action.errorRate } }));
    case 'pin': return answer(api.PUT('/api/v1/operator/plugins/{id}/pins/{slug}', { params: { path: { id, slug: action.slug } }, body: { version: action.version } }));
    case 'unpin': return answer(api.DELETE('/api/v1/operator/plugins/{id}/pins/{slug}', { params: { path: { id, slug: action.slug } } }));
    case 'rollBack': return answer(api.POST('/api/v1/operator/plugins/{id}/roll-back', { params: { path } }));
    case 'disable': return answer(api.POST('/api/v1/operator/plugins/{id}/disable', { params: { path } }));
    case 'remove': return answer(api.DELETE('/api/v1/operator/plugins/{id}/versions/{version}', { params: { path: { id, version: action.version } } }));
  }
}

export function useAction(id: string) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (action: Action) => send(id, action), onSettled: () => queries.invalidateQueries({ queryKey: key }) });
}

/** The versions that nobody has signed: anybody may have made them. */
export const unsignedOf = (plugin: Plugin): string[] => plugin.versions.filter(v => v.signedBy === null).map(v => v.version);

export const leftBehindOf = (plugin: Plugin): string[] => plugin.inMemory.filter(v => v.state === 'leftBehind').map(v => v.version);

/** What it is called and does, as its active version or else the newest says; undefined = that cannot be read. */
export function wordsOf({ versions, active }: Plugin) {
  const manifest = versions.find(v => v.version === active)?.manifest ?? versions.at(-1)?.manifest;
  return manifest && inLanguage(manifest.texts);
}
