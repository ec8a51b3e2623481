import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { ListQuery } from '@web/api/client';
import { useCompany } from '@web/session/session';

const rowsAtOnce = 100;

/** The list that was looked at last in this tab; a card walks along it. */
export interface LastList { company: string; name: string; search: ListQuery; path: string; place: number }

const lastKey = 'crm-list';

/** As the router counts the pages of this tab. */
export const placeInHistory = (): number => (history.state as { __TSR_index?: number } | null)?.__TSR_index ?? 0;

export function lastList(): LastList | null {
  return JSON.parse(sessionStorage.getItem(lastKey) ?? 'null') as LastList | null;
}

function useLastList(name: string, search: ListQuery): void {
  const company = useCompany();
  const { pathname } = useLocation();
  // While the page is being left the router already tells of the next one.
  const home = useRef({ company, pathname });
  if (home.current.company !== company) home.current = { company, pathname };
  useEffect(() => {
    if (home.current.pathname === pathname) sessionStorage.setItem(lastKey, JSON.stringify({ company, name, search, path: pathname, place: placeInHistory() } satisfies LastList));
  }, [company, name, search, pathname]);
}

/** The filters and the order of the open list: they live in the address bar, so that a link shows the same rows. */
export function useListSearch(): { search: ListQuery; change: (values: Record<string, string | undefined>) => void; clear: () => void } {
  const search = useSearch({ strict: false }) as ListQuery;
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const go = (wanted: Record<string, string | undefined>) =>
    void navigate({ to: pathname, search: Object.fromEntries(Object.entries(wanted).filter(([, v]) => v)) as never, replace: true, resetScroll: false });
  return { search, change: values => go({ ...search, ...values }), clear: () => go({ sort: search['sort'] }) };
}

export interface ListPage<T> { items: T[]; next: string | null; count: number; countIsExact: boolean }

/** The list on the screen, page by page, as far as somebody has scrolled. */
export function useListPages<T>(name: string, search: ListQuery, read: (query: ListQuery, signal: AbortSignal) => Promise<ListPage<T>>) {
  useLastList(name, search);
  return usePagesOf(name, search, read);
}

/** The same rows, for what is not the list itself. */
export function usePagesOf<T>(name: string, search: ListQuery, read: (query: ListQuery, signal: AbortSignal) => Promise<ListPage<T>>) {
  const company = useCompany();
  const query = useInfiniteQuery({
    queryKey: [company, name, 'pages', search],
    queryFn: ({ pageParam, signal }) => read({ ...search, limit: `${rowsAtOnce}`, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.next,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => query.data?.pages.flatMap(page => page.items) ?? [], [query.data]);
  const first = query.data?.pages[0];
  const { fetchNextPage, refetch, isFetchNextPageError } = query;
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return {
    rows,
    count: first?.count ?? 0,
    countIsExact: first?.countIsExact ?? true,
    isPending: query.isPending,
    error: query.error,
    retry: useCallback(() => void (isFetchNextPageError ? fetchNextPage() : refetch()), [isFetchNextPageError, fetchNextPage, refetch]),
    /** For Grid. After a page that failed nothing is asked for until somebody says so. */
    paging: { hasMore: query.hasNextPage && !query.isError, isWaiting: query.isFetchingNextPage || query.isPending, onMore },
  };
}
