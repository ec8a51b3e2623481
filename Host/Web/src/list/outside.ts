import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ListQuery } from '@web/api/client';
import { useCompany } from '@web/session/session';
import type { ListPage } from './pages';
import { filtersOf } from './search';
import type { Selection } from './selection';

/** As many numbers as fit into one filter. */
const atOnce = 100, most = 1_000;

/** How many of the ticked rows the filters leave out; they stay ticked. */
export function useOutside<T>(name: string, selection: Selection, search: ListQuery, held: readonly number[], read: (query: ListQuery, signal: AbortSignal) => Promise<ListPage<T>>): number {
  const company = useCompany();
  const ticked = [...selection.numbers];
  const isFiltered = Object.keys(filtersOf(search)).length > 0;
  const here = new Set(held);
  const isAsked = isFiltered && !selection.all && ticked.length > 0 && ticked.length <= most && ticked.some(number => !here.has(number));
  const { data } = useQuery({
    queryKey: [company, name, 'inside', filtersOf(search), ticked],
    enabled: isAsked,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<number> => {
      const { number: narrowed, ...filters } = filtersOf(search);
      const wanted = narrowed ? ticked.filter(number => narrowed.split(',').includes(`${number}`)) : ticked;
      const parts = Array.from({ length: Math.ceil(wanted.length / atOnce) }, (_, i) => wanted.slice(i * atOnce, (i + 1) * atOnce));
      const counts = await Promise.all(parts.map(part => read({ ...filters, number: part.join(','), limit: '1' }, signal)));
      return counts.reduce((sum, page) => sum + page.count, 0);
    },
  });
  return isAsked && typeof data === 'number' ? ticked.length - data : 0;
}
