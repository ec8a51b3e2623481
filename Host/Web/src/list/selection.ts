import { notifications } from '@mantine/notifications';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '@web/parts/ProblemText';

/** Which rows are ticked: some, by number, over all pages; or all that match the filters. */
export interface Selection {
  all: boolean;
  numbers: ReadonlySet<number>;
  isEmpty: boolean;
  has: (number: number) => boolean;
  /** With a range, everything between the row ticked before and this one too. */
  toggle: (number: number, range?: boolean) => void;
  /** The header's checkbox: all rows loaded so far, or none. */
  toggleLoaded: () => void;
  takeAll: () => void;
  clear: () => void;
}

const none: ReadonlySet<number> = new Set();

/**
 * @param loaded By place in the list, with holes where rows are not held.
 * @param filter Another filter is another all; single rows stay ticked.
 * @param list Another order is another list: what is between two rows of the one is not between them in the other.
 * @param between Reads the numbers from one place to another.
 */
export function useSelection(loaded: readonly number[], filter: string, list: string, between: (from: number, to: number) => Promise<number[]>): Selection {
  const [{ all, numbers, last }, set] = useState({ all: null as string | null, numbers: none, last: null as { number: number; at: number; list: string } | null });
  const { t } = useTranslation();
  const isAll = all === filter;
  return useMemo(() => {
    const has = (number: number) => isAll || numbers.has(number);
    const held = () => loaded.filter(() => true);
    const take = (rows: readonly number[], add: boolean, number: number) => set(before => {
      const next = new Set(isAll ? held() : before.numbers);
      for (const row of rows) if (add) next.add(row); else next.delete(row);
      return { all: null, numbers: next, last: { number, at: loaded.indexOf(number), list } };
    });
    return {
      all: isAll,
      numbers,
      isEmpty: !isAll && numbers.size === 0,
      has,
      toggle: (number, range = false) => {
        // The row ticked before may be out of sight, and not held any more.
        const from = !last ? -1 : loaded[last.at] === undefined && last.list === list ? last.at : loaded.indexOf(last.number);
        const to = loaded.indexOf(number);
        const [low, high] = [Math.min(from, to), Math.max(from, to)];
        if (!range || from < 0 || to < 0) return take([number], range || !has(number), number);
        const known = loaded.slice(low, high + 1).filter(() => true);
        if (known.length === high - low + 1) return take(known, true, number);
        between(low, high).then(read => take(read, true, number), (error: unknown) => notifications.show({ color: 'red', title: t('list.notTicked'), message: problemText(error, t) }));
      },
      toggleLoaded: () => set({ all: null, numbers: isAll || (held().length > 0 && held().every(has)) ? none : new Set([...numbers, ...held()]), last: null }),
      takeAll: () => set({ all: filter, numbers: none, last: null }),
      clear: () => set({ all: null, numbers: none, last: null }),
    };
  }, [isAll, numbers, last, loaded, filter, list, between, t]);
}
