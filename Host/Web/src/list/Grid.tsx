import { useMediaQuery } from '@mantine/hooks';
import { useElementScrollRestoration } from '@tanstack/react-router';
import type { ColumnDef, RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useKeys } from '@web/parts/useKeys';
import classes from './Grid.module.css';
import { GridHead } from './GridHead';
import { type Cell, GridRow, type RowDoes } from './GridRow';
import { keepRow, type Paging } from './pages';
import type { Selection } from './selection';

declare module '@tanstack/react-table' {
  interface ColumnMeta<TData extends RowData, TValue> {
    /** As grid-template-columns has it. */
    width: string;
    /** The head, in words. */
    head: string;
    /** The API's name to sort by. */
    sort?: string;
    /** Figures stand at the right. */
    end?: boolean;
  }
}

/** What can be changed in its cell. */
export interface GridEdit<T> {
  can: (row: T, column: string) => boolean;
  /** Draws the field; end says that it is over, and whether to go on with the cell after (1) or before (-1) it, or somewhere else (null). */
  field: (row: T, column: string, end: (go: -1 | 0 | 1 | null) => void) => ReactNode;
  /** Single keys that change a cell of the current row while nothing is ticked, such as s: stage. */
  keys?: Record<string, string>;
}

interface GridProps<T> extends Paging {
  label: string;
  columns: ColumnDef<T>[];
  /** With holes where rows are not held. */
  rows: T[];
  numberOf: (row: T) => number;
  nameOf: (row: T) => string;
  /** What a narrow screen shows instead of the columns. */
  compact: (row: T) => ReactNode;
  /** Null while it is not known how many there are. */
  total: number | null;
  sort: string;
  onSort: (sort: string) => void;
  onOpen: (row: T, event?: MouseEvent) => void;
  /** Space: a look at a row beside the list. */
  onPeek?: (row: T) => void;
  /** Null = as wide as usual. */
  onWidth?: (column: string, width: number | null) => void;
  edit?: GridEdit<T>;
  selection?: Selection;
}

/** Rows that are drawn only while they can be seen, with heads that sort, ticks, cells that can be changed, and keys for all of it. */
export function Grid<T>(props: GridProps<T>) {
  const { rows, columns, selection, isWaiting, onSeen, edit } = props;
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const scroll = useRef<HTMLDivElement>(null);
  // Back leads to the row where one was.
  const restored = useElementScrollRestoration({ id: 'rows' });
  const [at, setAt] = useState<Cell>({ row: -1, column: -1 });
  const [editing, setEditing] = useState<Cell | null>(null);
  const height = narrow ? 68 : 40;
  const virtual = useVirtualizer({
    count: rows.length === 0 && isWaiting ? 12 : rows.length, getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 12, initialOffset: restored?.scrollY ?? 0,
  });
  const drawn = virtual.getVirtualItems();
  const [first, last] = [drawn[0]?.index ?? 0, drawn.at(-1)?.index ?? 0];

  useEffect(() => { virtual.measure(); }, [narrow, virtual]);
  // Asked for before they are in sight, so that scrolling does not wait.
  useEffect(() => onSeen(first, last), [first, last, onSeen]);
  useEffect(() => keepRow(at.row), [at.row]);
  // Other rows, or another order: from the top.
  const before = useRef(props.list);
  useEffect(() => {
    if (before.current !== props.list) { before.current = props.list; scroll.current?.scrollTo({ top: 0 }); setAt({ row: -1, column: -1 }); setEditing(null); }
  }, [props.list]);

  const focus = (cell: Cell): boolean => {
    const row = scroll.current?.querySelector<HTMLElement>(`[data-index="${cell.row}"]`);
    const target = cell.column < 0 ? row : row?.querySelector<HTMLElement>(`[data-at="${cell.column}"]`);
    target?.focus({ preventScroll: true });
    if (cell.column >= 0) target?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return !!target;
  };
  const focusSoon = (cell: Cell) => requestAnimationFrame(() => void focus(cell));
  const goTo = (row: number, column: number) => {
    const cell = { row: Math.max(0, Math.min(rows.length - 1, row)), column: narrow ? -1 : Math.max(-1, Math.min(columns.length - 1, column)) };
    setAt(cell);
    virtual.scrollToIndex(cell.row);
    // At once, so that the next key begins here, however fast it comes; a row that is not drawn yet has to be waited for.
    if (!focus(cell)) focusSoon(cell);
  };
  const firstEditable = (row: T | undefined, from: number, by: number): number => {
    if (!row || !edit) return -1;
    for (let column = from; column >= 0 && column < columns.length; column += by) if (edit.can(row, columns[column]!.id!)) return column;
    return -1;
  };
  const startEdit = (row: number, column: number) => {
    const found = narrow || !rows[row] ? -1 : column >= 0 ? (edit?.can(rows[row]!, columns[column]!.id!) ? column : -1) : firstEditable(rows[row], 0, 1);
    if (found < 0) return;
    setAt({ row, column: found });
    setEditing({ row, column: found });
  };
  const endEdit = (go: -1 | 0 | 1 | null) => {
    if (!editing) return;
    const next = !go ? -1 : firstEditable(rows[editing.row], editing.column + go, go);
    setEditing(next < 0 ? null : { row: editing.row, column: next });
    if (next >= 0) setAt({ row: editing.row, column: next }); else if (go !== null) focusSoon(editing);
  };
  const current = () => rows[at.row];
  useKeys({
    j: () => goTo(at.row + 1, at.column), k: () => goTo(at.row - 1, at.column), ArrowDown: () => goTo(at.row + 1, at.column), ArrowUp: () => goTo(at.row - 1, at.column),
    PageDown: () => goTo(at.row + 15, at.column), PageUp: () => goTo(at.row - 15, at.column), 'mod+Home': () => goTo(0, -1), 'mod+End': () => goTo(rows.length - 1, -1),
    x: event => { const row = current(); if (row) selection?.toggle(props.numberOf(row), event.shiftKey); },
    e: () => startEdit(at.row, at.column),
    a: () => selection?.takeAll(),
    Escape: () => selection?.clear(),
    ...(selection?.isEmpty === false || at.row < 0 ? {} : Object.fromEntries(Object.entries(edit?.keys ?? {}).map(([key, column]) => [key, () => startEdit(at.row, columns.findIndex(c => c.id === column))]))),
  });

  const does: RowDoes<T> = {
    focus: setAt, goTo, open: props.onOpen, edit: startEdit,
    peek: row => props.onPeek?.(row),
    tick: (row, range) => selection?.toggle(props.numberOf(row), range),
    compact: props.compact, clickOpens: !edit, canEdit: (row, column) => column >= 0 && edit?.can(row, columns[column]!.id!) === true,
  };
  // Rows are drawn anew when they change, not at each turn of the wheel: they get this once.
  const latest = useRef(does);
  useEffect(() => { latest.current = does; });

  const template = [selection ? '2.75rem' : '', ...(narrow ? ['minmax(0, 1fr)'] : columns.map(column => column.meta?.width ?? '1fr'))].join(' ');
  return (
    <div ref={scroll} className={classes.scroll} data-scroll-restoration-id="rows" role="grid" aria-label={props.label} aria-rowcount={props.total === null ? -1 : props.total + 1} aria-multiselectable={selection !== undefined} aria-busy={isWaiting}>
      <div className={classes.sheet} data-sheet data-narrow={narrow || undefined} style={{ ['--columns' as string]: template }}>
        <GridHead columns={columns} narrow={narrow} rows={rows} numberOf={props.numberOf} sort={props.sort} onSort={props.onSort} {...(props.onWidth ? { onWidth: props.onWidth } : {})} {...(selection ? { selection } : {})} />
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {drawn.map(({ index, start }) => {
            const row = rows[index];
            const isCurrent = index === Math.max(at.row, 0);
            const isEdited = editing?.row === index;
            return (
              <GridRow key={index} row={row} index={index} start={start} height={height} columns={columns} narrow={narrow} does={latest}
                name={row ? props.nameOf(row) : ''} isCurrent={isCurrent} isTicked={selection ? row !== undefined && selection.has(props.numberOf(row)) : null}
                editing={isEdited ? editing.column : -1} field={isEdited && row && edit ? edit.field(row, columns[editing.column]!.id!, endEdit) : null} />
            );
          })}
        </div>
      </div>
    </div>
  );
}
