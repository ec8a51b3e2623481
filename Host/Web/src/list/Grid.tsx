import { useMediaQuery } from '@mantine/hooks';
import { useElementScrollRestoration } from '@tanstack/react-router';
import type { ColumnDef, RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@web/parts/useKeys';
import classes from './Grid.module.css';
import { GridHead } from './GridHead';
import { type Cell, GridRow, type RowDoes } from './GridRow';
import { keepRow, type Paging } from './pages';
import { indexOf, nowhere, type Place, withRow } from './place';
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
  /** A row with the changes that are on their way to the server. */
  shown?: (row: T) => T;
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
  const { columns, selection, isWaiting, onSeen, edit, numberOf } = props;
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const scroll = useRef<HTMLDivElement>(null);
  // Back leads to the row where one was.
  const restored = useElementScrollRestoration({ id: 'rows' });
  const [place, setPlace] = useState<Place>(nowhere);
  const [open, setOpen] = useState<Place & { of: T } | null>(null);
  // A row stays as long as its field is open, also when it leaves the list meanwhile.
  const rows = useMemo(() => withRow(props.rows, open, numberOf), [props.rows, open, numberOf]);
  const at: Cell = { row: indexOf(place, rows, numberOf), column: place.column };
  const editing: Cell | null = open && { row: indexOf(open, rows, numberOf), column: open.column };
  // What gets the focus as soon as it is drawn.
  const wanted = useRef<Cell | null>(null);
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
    if (before.current !== props.list) { before.current = props.list; scroll.current?.scrollTo({ top: 0 }); setPlace(nowhere); setOpen(null); }
  }, [props.list]);

  const focus = (cell: Cell): boolean => {
    const row = scroll.current?.querySelector<HTMLElement>(`[data-index="${cell.row}"]`);
    const target = cell.column < 0 ? row : row?.querySelector<HTMLElement>(`[data-at="${cell.column}"]`);
    target?.focus({ preventScroll: true });
    if (cell.column >= 0) target?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return !!target;
  };
  const stand = (cell: Cell) => setPlace({ ...cell, number: rows[cell.row] === undefined ? null : numberOf(rows[cell.row]!) });
  useEffect(() => {
    if (!wanted.current) return;
    // Whoever went somewhere else meanwhile stays there.
    const isElsewhere = document.activeElement !== document.body && !scroll.current?.contains(document.activeElement);
    if (isElsewhere || focus(wanted.current)) wanted.current = null;
  });
  const goTo = (row: number, column: number) => {
    const cell = { row: Math.max(0, Math.min(rows.length - 1, row)), column: narrow ? -1 : Math.max(-1, Math.min(columns.length - 1, column)) };
    stand(cell);
    virtual.scrollToIndex(cell.row);
    // At once, so that the next key begins here, however fast it comes; a row that is not drawn yet has to be waited for.
    wanted.current = focus(cell) ? null : cell;
  };
  const firstEditable = (row: T | undefined, from: number, by: number): number => {
    if (!row || !edit) return -1;
    for (let column = from; column >= 0 && column < columns.length; column += by) if (edit.can(row, columns[column]!.id!)) return column;
    return -1;
  };
  const startEdit = (row: number, column: number) => {
    const found = narrow || !rows[row] ? -1 : column >= 0 ? (edit?.can(rows[row]!, columns[column]!.id!) ? column : -1) : firstEditable(rows[row], 0, 1);
    if (found < 0) return;
    wanted.current = null;
    stand({ row, column: found });
    setOpen({ row, column: found, number: numberOf(rows[row]!), of: rows[row]! });
  };
  const endEdit = (go: -1 | 0 | 1 | null) => {
    if (!open || !editing) return;
    const next = !go ? -1 : firstEditable(rows[editing.row], editing.column + go, go);
    setOpen(next < 0 ? null : { ...open, row: editing.row, column: next });
    if (next >= 0) stand({ row: editing.row, column: next }); else if (go !== null) wanted.current = editing;
  };
  const current = rows[at.row];
  const step = (text: string, row: number, column = at.column) => ({ text: t(text), run: () => goTo(row, column) });
  const change = (column: string) => ({ text: t('help.change', { name: columns.find(c => c.id === column)?.meta?.head }), run: () => startEdit(at.row, columns.findIndex(c => c.id === column)) });
  const mayChange = edit !== undefined && !narrow;
  useKeys({
    j: step('help.move', at.row + 1), k: step('help.move', at.row - 1), ArrowDown: step('help.move', at.row + 1), ArrowUp: step('help.move', at.row - 1),
    PageDown: step('help.far', at.row + 15), PageUp: step('help.far', at.row - 15), 'mod+Home': step('help.far', 0, -1), 'mod+End': step('help.far', rows.length - 1, -1),
    ArrowLeft: !narrow && { text: t('help.cell') }, ArrowRight: !narrow && { text: t('help.cell') },
    Enter: { text: t('help.open') }, ' ': props.onPeek && { text: t('help.peek') },
    x: selection && { text: t('help.select'), run: event => { if (current) selection.toggle(numberOf(current), event.shiftKey); } }, 'shift+x': selection && { text: t('help.range') },
    a: selection && { text: t('help.all'), run: selection.takeAll }, Escape: selection && { text: t('help.clear'), run: selection.clear },
    e: mayChange && { text: t('help.editCell'), run: () => startEdit(at.row, at.column) }, F2: mayChange && { text: t('help.editCell') },
    ...(mayChange && current && selection?.isEmpty !== false ? Object.fromEntries(Object.entries(edit.keys ?? {}).filter(([, column]) => columns.some(c => c.id === column)).map(([key, column]) => [key, change(column)])) : {}),
    'shift+ArrowLeft': !narrow && props.onWidth && { text: t('help.width') }, 'shift+ArrowRight': !narrow && props.onWidth && { text: t('help.width') },
  });

  const does: RowDoes<T> = {
    focus: cell => { wanted.current = null; stand(cell); }, goTo, open: props.onOpen, edit: startEdit,
    peek: row => props.onPeek?.(row),
    tick: (row, range) => selection?.toggle(numberOf(row), range),
    compact: props.compact, clickOpens: !edit, canEdit: (row, column) => column >= 0 && edit?.can(row, columns[column]!.id!) === true,
  };
  // Rows are drawn anew when they change, not at each turn of the wheel: they get this once.
  const latest = useRef(does);
  useEffect(() => { latest.current = does; });

  const keys = new Set<string>();
  const template = [selection ? '2.75rem' : '', ...(narrow ? ['minmax(0, 1fr)'] : columns.map(column => column.meta?.width ?? '1fr'))].join(' ');
  return (
    <div ref={scroll} className={classes.scroll} data-scroll-restoration-id="rows" role="grid" aria-label={props.label} aria-rowcount={props.total === null ? -1 : props.total + 1} aria-multiselectable={selection !== undefined} aria-busy={isWaiting}>
      <div className={classes.sheet} data-sheet data-narrow={narrow || undefined} style={{ ['--columns' as string]: template }}>
        <GridHead columns={columns} narrow={narrow} rows={rows} numberOf={numberOf} sort={props.sort} onSort={props.onSort} {...(props.onWidth ? { onWidth: props.onWidth } : {})} {...(selection ? { selection } : {})} />
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {drawn.map(({ index, start }) => {
            const isEdited = editing?.row === index;
            const held = rows[index];
            const row = held && (edit?.shown?.(held) ?? held);
            // By its number, so that its field moves with it; twice the same only while pages are read again one after the other.
            const key = held && !keys.has(`${numberOf(held)}`) ? `${numberOf(held)}` : `at ${index}`;
            keys.add(key);
            const isCurrent = index === Math.max(at.row, 0);
            return (
              <GridRow key={key} row={row} index={index} start={start} height={height} columns={columns} narrow={narrow} does={latest}
                name={row ? props.nameOf(row) : ''} isCurrent={isCurrent} isTicked={selection ? row !== undefined && selection.has(numberOf(row)) : null}
                editing={isEdited ? editing.column : -1} field={isEdited && row && edit ? edit.field(row, columns[editing.column]!.id!, endEdit) : null} />
            );
          })}
        </div>
      </div>
    </div>
  );
}
