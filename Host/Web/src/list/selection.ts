import { useMemo, useState } from 'react';

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
 * @param between Reads the numbers from one place to another; without it only those that are held.
 */
export function useSelection(loaded: readonly number[], filter: string, between?: (from: number, to: number) => Promise<number[]>): Selection {
  const [{ all, numbers, last }, set] = useState({ all: null as string | null, numbers: none, last: null as number | null });
  const isAll = all === filter;
  return useMemo(() => {
    const has = (number: number) => isAll || numbers.has(number);
    const held = () => loaded.filter(() => true);
    const take = (rows: readonly number[], add: boolean, number: number) => set(before => {
      const next = new Set(isAll ? held() : before.numbers);
      for (const row of rows) if (add) next.add(row); else next.delete(row);
      return { all: null, numbers: next, last: number };
    });
    return {
      all: isAll,
      numbers,
      isEmpty: !isAll && numbers.size === 0,
      has,
      toggle: (number, range = false) => {
        const [from, to] = [last === null ? -1 : loaded.indexOf(last), loaded.indexOf(number)];
        const [low, high] = [Math.min(from, to), Math.max(from, to)];
        if (!range || from < 0 || to < 0) return take([number], range || !has(number), number);
        const known = loaded.slice(low, high + 1).filter(() => true);
        if (known.length === high - low + 1 || !between) return take(known, true, number);
        void between(low, high).then(read => take(read, true, number));
      },
      toggleLoaded: () => set({ all: null, numbers: isAll || (held().length > 0 && held().every(has)) ? none : new Set([...numbers, ...held()]), last: null }),
      takeAll: () => set({ all: filter, numbers: none, last: null }),
      clear: () => set({ all: null, numbers: none, last: null }),
    };
  }, [isAll, numbers, last, loaded, filter, between]);
}
