import { type QueryClient, useQueries, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ListQuery } from '@web/api/client';
import { useCompany } from '@web/session/session';

const rowsAtOnce = 100;
/** Where somebody drags the scroll bar past, nothing is asked for. */
const dragPause = 80;
/** Pages out of sight are forgotten after a minute, however far somebody scrolls. */
const kept = 60_000;

export interface ListPage<T> { items: T[]; next: string | null; count: number; countIsExact: boolean }

type Read<T> = (query: ListQuery, signal: AbortSignal) => Promise<ListPage<T>>;

/** What Grid needs to ask for the rows that somebody looks at. */
export interface Paging {
  /** Changes when these are other rows, or the same in another order. */
  list: string;
  isWaiting: boolean;
  onSeen: (first: number, last: number) => void;
}

/** Of the address bar, what the API is asked: not how the list looks. */
const asked = ({ columns: _columns, view: _view, ...query }: ListQuery): ListQuery => query;

/** The list that was looked at last in this tab; a card walks along it. */
export interface LastList { company: string; name: string; search: ListQuery; path: string; place: number; row?: number }

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

/** The row where somebody is: a card that is opened from it goes on from there. */
export function keepRow(row: number): void {
  const list = lastList();
  if (list && row >= 0) sessionStorage.setItem(lastKey, JSON.stringify({ ...list, row } satisfies LastList));
}

/** What several pages are together: the same again while none has changed. */
const together = <T>(results: UseQueryResult<ListPage<T>>[]) => ({
  pages: results.map(result => result.data), isWaiting: results.some(result => result.isPending && !result.error), error: results.find(result => result.error)?.error ?? null,
});

const pageQuery = <T>(queries: QueryClient, company: string, name: string, query: ListQuery, at: number, read: Read<T>) => ({
  queryKey: [company, name, 'pages', query, at],
  gcTime: kept,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ListPage<T>> => {
    const cursor = queries.getQueryData<ListPage<T>>([company, name, 'pages', query, at - 1])?.next;
    return read({ ...query, limit: `${rowsAtOnce}`, ...(at === 0 ? {} : cursor ? { cursor } : { from: `${at * rowsAtOnce}` }) }, signal);
  },
});

/** Asks for a list's first rows before its page is drawn. What a saved view has is known only then. */
export function prefetchPages<T>(queries: QueryClient, company: string, name: string, search: ListQuery, read: Read<T>): void {
  if (!search['view']) void queries.prefetchQuery(pageQuery(queries, company, name, asked(search), 0, read));
}

/** The list on the screen. */
export function useListPages<T>(name: string, search: ListQuery, read: Read<T>) {
  useLastList(name, search);
  return usePagesOf(name, search, read);
}

/**
 * A list page by page. Only the pages that are looked at (and those around them) are held and read again; rows has holes for the others, and is as long
 * as the list, so that the scroll bar is too. A page goes on by the cursor of the one before it, where that is known, and else begins at its row.
 */
export function usePagesOf<T>(name: string, search: ListQuery, read: Read<T>, from = 0) {
  const company = useCompany();
  const queries = useQueryClient();
  const list = JSON.stringify(asked(search));
  const query = useMemo(() => JSON.parse(list) as ListQuery, [list]);
  const [seen, setSeen] = useState(() => ({ list, first: Math.floor(Math.max(0, from - 1) / rowsAtOnce), last: Math.floor((from + 1) / rowsAtOnce) }));
  const { first, last } = seen.list === list ? seen : { first: 0, last: 0 };

  const page = (at: number) => pageQuery(queries, company, name, query, at, read);
  const shown = useMemo(() => [...new Set([0, ...Array.from({ length: last - first + 1 }, (_, i) => first + i)])], [first, last]);
  const { pages, isWaiting, error } = useQueries({ queries: shown.map(page), combine: together }) as ReturnType<typeof together<T>>;
  const start = pages[0];
  const exact = useQuery({
    queryKey: [company, name, 'count', query],
    queryFn: async ({ signal }) => (await read({ ...query, limit: '1', count: 'exact' }, signal)).count,
    enabled: start?.countIsExact === false,
    staleTime: kept,
  });
  const isExact = start?.countIsExact !== false || exact.data !== undefined;
  const count = start?.countIsExact === false ? exact.data ?? start.count : start?.count ?? 0;
  const made = useMemo(() => {
    const rows: T[] = [];
    rows.length = count;
    pages.forEach((got, i) => got?.items.forEach((item, j) => { rows[shown[i]! * rowsAtOnce + j] = item; }));
    return rows;
  }, [count, pages, shown]);
  // Until others have come, the rows from before stay.
  const before = useRef({ rows: made, count, isExact });
  const isNew = start === undefined && !error;
  useEffect(() => { if (!isNew) before.current = { rows: made, count, isExact }; });
  const now = isNew ? before.current : { rows: made, count, isExact };

  const timer = useRef(0);
  const most = Math.max(0, Math.ceil(count / rowsAtOnce) - 1);
  const onSeen = useCallback((from: number, to: number) => {
    const wanted = { list, first: Math.max(0, Math.floor((from - rowsAtOnce / 2) / rowsAtOnce)), last: Math.min(most, Math.floor((to + rowsAtOnce) / rowsAtOnce)) };
    const isFar = wanted.first > last + 2 || wanted.last < first - 2;
    window.clearTimeout(timer.current);
    if (seen.list === wanted.list && wanted.first === first && wanted.last === last) return;
    if (isFar) timer.current = window.setTimeout(() => setSeen(wanted), dragPause);
    else setSeen(wanted);
  }, [list, seen.list, first, last, most]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  return {
    rows: now.rows,
    count: now.count,
    countIsExact: now.isExact,
    isPending: start === undefined && !error && now.rows.length === 0,
    error,
    retry: () => void queries.refetchQueries({ queryKey: [company, name, 'pages', query], predicate: asking => asking.state.status === 'error' }),
    /** The rows from one place to another, read where they are not held. */
    between: async (from: number, to: number): Promise<T[]> => {
      const rows: T[] = [];
      for (let at = Math.floor(from / rowsAtOnce); at <= Math.floor(to / rowsAtOnce); at++) {
        const got = await queries.ensureQueryData(page(at));
        rows.push(...got.items.filter((_, i) => at * rowsAtOnce + i >= from && at * rowsAtOnce + i <= to));
      }
      return rows;
    },
    paging: { list, isWaiting, onSeen } satisfies Paging,
  };
}
