import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { useCompany } from '@web/session/session';

const entriesAtOnce = 100;

/** What happened to a thing, newest first; older entries are read when somebody asks for them. */
export function useTimeline(kind: 'partners' | 'cases' | 'orders', number: number) {
  const company = useCompany();
  const { data, isPending, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isFetchNextPageError } = useInfiniteQuery({
    queryKey: [company, kind, number, 'timeline'],
    queryFn: ({ pageParam, signal }) => answer(api.GET(`/api/v1/{company}/${kind}/{number}/timeline` as '/api/v1/{company}/partners/{number}/timeline', { params: { path: { company, number }, query: { limit: entriesAtOnce, ...(pageParam ? { before: Number(pageParam) } : {}) } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.next,
  });
  return {
    entries: data?.pages.flatMap(page => page.items) ?? [],
    isPending,
    error,
    retry: () => void (isFetchNextPageError ? fetchNextPage() : refetch()),
    older: { hasMore: hasNextPage, isWaiting: isFetchingNextPage, onMore: () => void fetchNextPage() },
  };
}

/** The way to older entries, below those that are shown; nothing when there are none. */
export function Older({ of: { hasMore, isWaiting, onMore } }: { of: ReturnType<typeof useTimeline>['older'] }) {
  const { t } = useTranslation();
  return hasMore && <Button mt="md" size="compact-sm" variant="default" loading={isWaiting} onClick={onMore}>{t('web:timeline.older')}</Button>;
}
