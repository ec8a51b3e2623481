import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { answer, api, type ListQuery, type Schemas } from '@web/api/client';
import { useCompany } from '@web/session/session';
import { useListSearch } from './search';

export type SavedView = Schemas['SavedViewView'];

/** A view that the program brings. */
export interface ReadyView { id: string; name: string; query: ListQuery }

export const toQuery = (text: string): ListQuery => Object.fromEntries(new URLSearchParams(text));
export const toText = ({ view: _view, ...query }: ListQuery): string => new URLSearchParams(Object.entries(query).sort(([a], [b]) => a.localeCompare(b))).toString();

const savedKey = (company: string, list: string) => [company, 'views', list] as const;

/** The views of a list: those that the program brings, and those that people have saved. */
export function useViews(list: string, ready: readonly ReadyView[]) {
  const company = useCompany();
  const queries = useQueryClient();
  const { data, isPending } = useQuery({
    queryKey: savedKey(company, list),
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/views', { params: { path: { company }, query: { list } }, signal }))).items,
  });
  const saved = data ?? [];
  const renew = () => queries.invalidateQueries({ queryKey: savedKey(company, list) });
  return {
    saved, isPending, ready,
    queryOf: (id: string): ListQuery | null => ready.find(r => r.id === id)?.query ?? (saved.find(s => `${s.number}` === id) ? toQuery(saved.find(s => `${s.number}` === id)!.query) : null),
    create: async (body: Schemas['ViewFields']) => {
      const made = await answer(api.POST('/api/v1/{company}/views', { params: { path: { company } }, body }));
      await renew();
      return made;
    },
    change: async (view: SavedView, body: Schemas['ViewFields']) => {
      await answer(api.PATCH('/api/v1/{company}/views/{number}', { params: { path: { company, number: view.number }, header: { 'If-Match': `"${view.version}"` } }, body }));
      await renew();
    },
    remove: async (view: SavedView) => {
      await answer(api.DELETE('/api/v1/{company}/views/{number}', { params: { path: { company, number: view.number } } }));
      await renew();
    },
    restore: async (view: SavedView) => {
      await answer(api.POST('/api/v1/{company}/views/{number}/restore', { params: { path: { company, number: view.number } } }));
      await renew();
    },
  };
}

export type Views = ReturnType<typeof useViews>;

/** The view in the address bar, and whether something has been changed since it was opened. */
export function useOpenView(views: Views): { id: string | undefined; saved: SavedView | undefined; isChanged: boolean } {
  const id = (useSearch({ strict: false }) as ListQuery)['view'];
  const { search } = useListSearch();
  const query = id ? views.queryOf(id) : null;
  return { id, saved: views.saved.find(s => `${s.number}` === id), isChanged: query !== null && toText(search) !== toText(query) };
}
