import { useLocalStorage } from '@mantine/hooks';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useListSearch } from './search';

/** A column that is shown, with the width that somebody has given it, in pixels. */
interface Shown { id: string; width?: number }

export const narrowest = 56, widest = 800;

/** As the address bar has it: number,name.240,country */
const write = (shown: readonly Shown[]): string => shown.map(c => (c.width ? `${c.id}.${c.width}` : c.id)).join(',');

function read(text: string | null | undefined, known: readonly string[]): Shown[] {
  const shown = (text ?? '').split(',').map(part => part.split('.')).filter(([id], at, all) => known.includes(id!) && all.findIndex(other => other[0] === id) === at);
  return shown.map(([id, width]) => ({ id: id!, ...(Number(width) >= narrowest && Number(width) <= widest ? { width: Math.round(Number(width)) } : {}) }));
}

export interface Columns<T> {
  /** To be shown, in this order. */
  columns: ColumnDef<T>[];
  /** All that there are: those that are shown first, in their order. */
  all: ColumnDef<T>[];
  isShown: (id: string) => boolean;
  toggle: (id: string) => void;
  /** Nearer to the start by -1, to the end by 1. */
  move: (id: string, by: number) => void;
  /** Null = as wide as it is usually. */
  resize: (id: string, width: number | null) => void;
  isUsual: boolean;
  reset: () => void;
}

/** Which columns a list shows, how wide, in which order: by the address bar or the open view, else as the user left it, else as usual. */
export function useColumns<T>(list: string, all: ColumnDef<T>[], usual: readonly string[]): Columns<T> {
  const { search, change } = useListSearch();
  const [kept, keep] = useLocalStorage<string>({ key: `crm-columns-${list}`, defaultValue: '', getInitialValueInEffect: false });
  // A view has its own columns, or the usual ones: not those of whoever looks at it.
  const isView = search['view'] !== undefined;
  const text = search['columns'] ?? (isView ? '' : kept);
  return useMemo(() => {
    const known = all.map(c => c.id!);
    const chosen = read(text, known);
    const shown: Shown[] = chosen.length > 0 ? chosen : usual.map(id => ({ id }));
    const of = (c: Shown): ColumnDef<T> => {
      const column = all.find(a => a.id === c.id)!;
      return c.width ? { ...column, meta: { ...column.meta!, width: `${c.width}px` } } : column;
    };
    const set = (next: readonly Shown[]) => {
      const isAsUsual = write(next) === usual.join(',');
      if (!isView) keep(isAsUsual ? '' : write(next));
      change({ columns: isAsUsual ? undefined : write(next) });
    };
    return {
      columns: shown.map(of),
      all: [...shown.map(of), ...all.filter(c => shown.every(s => s.id !== c.id))],
      isShown: id => shown.some(c => c.id === id),
      toggle: id => { if (shown.length > 1 || shown[0]!.id !== id) set(shown.some(c => c.id === id) ? shown.filter(c => c.id !== id) : [...shown, { id }]); },
      move: (id, by) => {
        const at = shown.findIndex(c => c.id === id);
        if (at < 0 || at + by < 0 || at + by >= shown.length) return;
        const next = [...shown];
        next.splice(at + by, 0, ...next.splice(at, 1));
        set(next);
      },
      resize: (id, width) => set(shown.map(c => (c.id !== id ? c : width === null ? { id } : { id, width: Math.round(Math.max(narrowest, Math.min(widest, width))) }))),
      isUsual: write(shown) === usual.join(','),
      reset: () => set(usual.map(id => ({ id }))),
    };
  // What change does follows from the address bar, which text and search stand for.
  }, [all, text, usual, search, keep, isView]);
}
