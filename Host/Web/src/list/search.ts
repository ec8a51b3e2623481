import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { createContext, useContext } from 'react';
import type { ListQuery } from '@web/api/client';

export { type LastList, lastList, type ListPage, placeInHistory, useListPages, usePagesOf } from './pages';

/** The view that the address bar names: its query, once that is known. A page with saved views gives it to everything on it. */
export const OpenView = createContext<{ id: string; query: ListQuery | null } | null>(null);

/** Which rows: without the order and how the list looks. */
export function filtersOf({ sort: _order, columns: _columns, view: _view, ...filters }: ListQuery): ListQuery {
  return filters;
}

/** What stands beside the name of a view; nothing = the view is as it was saved. */
const own = ({ view: _view, ...rest }: ListQuery): ListQuery => rest;

/** The filters and the order of the open list: they live in the address bar, so that a link shows the same rows. */
export function useListSearch(): { search: ListQuery; change: (values: Record<string, string | undefined>) => void; clear: () => void } {
  const written = useSearch({ strict: false }) as ListQuery;
  const view = useContext(OpenView);
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const search = view && Object.keys(own(written)).length === 0 ? { ...view.query, view: view.id } : written;
  const go = (wanted: Record<string, string | undefined>) => {
    const values = Object.fromEntries(Object.entries(wanted).filter(([, v]) => v)) as ListQuery;
    // A view of which nothing is left is not that view any more.
    void navigate({ to: pathname, search: (Object.keys(own(values)).length === 0 && Object.keys(view?.query ?? {}).length > 0 ? {} : values) as never, replace: true, resetScroll: false });
  };
  return { search, change: values => go({ ...search, ...values }), clear: () => go({ sort: search['sort'], columns: search['columns'] }) };
}
