import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { ListQuery } from '@web/api/client';
import { useCompany } from '@web/session/session';

interface CursorPage<T> { items: T[]; next: string | null }

export type CursorPages<T> = InfiniteData<CursorPage<T>>;

export const cursorKey = (company: string, name: string, query: ListQuery) => [company, name, 'more', query] as const;

/** A short list that grows page by page as somebody asks for more, such as a column of the board. What can be scrolled through is a list of useListPages. */
export function useCursorPages<T>(name: string, query: ListQuery, size: number, read: (query: ListQuery, signal: AbortSignal) => Promise<CursorPage<T>>) {
  const pages = useInfiniteQuery({
    queryKey: cursorKey(useCompany(), name, query),
    queryFn: ({ pageParam, signal }) => read({ ...query, limit: `${size}`, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.next,
    placeholderData: keepPreviousData,
  });
  const { fetchNextPage, refetch, isFetchNextPageError } = pages;
  return {
    rows: useMemo(() => pages.data?.pages.flatMap(page => page.items) ?? [], [pages.data]),
    isPending: pages.isPending,
    error: pages.error,
    retry: useCallback(() => void (isFetchNextPageError ? fetchNextPage() : refetch()), [isFetchNextPageError, fetchNextPage, refetch]),
    // After a page that failed nothing is asked for until somebody says so.
    hasMore: pages.hasNextPage && !pages.isError,
    isWaiting: pages.isFetchingNextPage,
    onMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
  };
}
