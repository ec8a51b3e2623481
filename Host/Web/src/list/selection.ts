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

/** @param filter Another filter is another all; single rows stay ticked. */
export function useSelection(loaded: readonly number[], filter: string): Selection {
  const [{ all, numbers, last }, set] = useState({ all: null as string | null, numbers: none, last: null as number | null });
  const isAll = all === filter;
  return useMemo(() => {
    const has = (number: number) => isAll || numbers.has(number);
    return {
      all: isAll,
      numbers,
      isEmpty: !isAll && numbers.size === 0,
      has,
      toggle: (number, range = false) => {
        const next = new Set(isAll ? loaded : numbers);
        const [from, to] = [last === null ? -1 : loaded.indexOf(last), loaded.indexOf(number)];
        const rows = range && from >= 0 && to >= 0 ? loaded.slice(Math.min(from, to), Math.max(from, to) + 1) : [number];
        const add = range || !has(number);
        for (const row of rows) if (add) next.add(row); else next.delete(row);
        set({ all: null, numbers: next, last: number });
      },
      toggleLoaded: () => set({ all: null, numbers: isAll || (loaded.length > 0 && loaded.every(has)) ? none : new Set([...numbers, ...loaded]), last: null }),
      takeAll: () => set({ all: filter, numbers: none, last: null }),
      clear: () => set({ all: null, numbers: none, last: null }),
    };
  }, [isAll, numbers, last, loaded, filter]);
}
