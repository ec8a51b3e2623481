import { Checkbox, Skeleton, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useElementScrollRestoration } from '@tanstack/react-router';
import { type ColumnDef, flexRender, getCoreRowModel, type RowData, useReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@web/parts/useKeys';
import classes from './Grid.module.css';
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

interface GridProps<T> {
  label: string;
  columns: ColumnDef<T>[];
  rows: T[];
  numberOf: (row: T) => number;
  nameOf: (row: T) => string;
  /** What a narrow screen shows instead of the columns. */
  compact: (row: T) => ReactNode;
  /** Null while it is not known how many there are. */
  total: number | null;
  sort: string;
  onSort: (sort: string) => void;
  hasMore: boolean;
  isWaiting: boolean;
  onMore: () => void;
  onOpen: (row: T, event?: MouseEvent) => void;
  selection?: Selection;
}

/** Rows that are drawn only while they can be seen, with heads that sort, ticks, and keys to move, tick and open. */
export function Grid<T>(props: GridProps<T>) {
  const { rows, selection, hasMore, isWaiting, onMore } = props;
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const scroll = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(-1);
  const table = useReactTable({ data: rows, columns: props.columns, getCoreRowModel: getCoreRowModel(), manualSorting: true, getRowId: row => `${props.numberOf(row)}` });
  const heads = table.getFlatHeaders();
  const models = table.getRowModel().rows;
  const height = narrow ? 68 : 40;
  // Back leads to the row where one was.
  const restored = useElementScrollRestoration({ id: 'rows' });
  const virtual = useVirtualizer({ initialOffset: restored?.scrollY ?? 0, count: rows.length + (hasMore || isWaiting ? 8 : 0), getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 12 });
  const seen = virtual.getVirtualItems();
  const lastSeen = seen.at(-1)?.index ?? 0;

  useEffect(() => { virtual.measure(); }, [narrow, virtual]);
  // Asked for long before its end is in sight, so that scrolling does not wait.
  useEffect(() => { if (hasMore && !isWaiting && lastSeen > rows.length - 60) onMore(); }, [hasMore, isWaiting, lastSeen, rows.length, onMore]);

  const move = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, at + by));
    setAt(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus({ preventScroll: true }));
  };
  const current = () => rows[at];
  useKeys({
    j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), PageDown: () => move(15), PageUp: () => move(-15),
    x: event => { const row = current(); if (row) selection?.toggle(props.numberOf(row), event.shiftKey); },
    a: () => selection?.takeAll(),
    Escape: () => selection?.clear(),
  });

  const template = [selection ? '2.75rem' : '', ...(narrow ? ['minmax(0, 1fr)'] : heads.map(head => head.column.columnDef.meta?.width ?? '1fr'))].join(' ');
  const ticked = selection ? rows.filter(row => selection.has(props.numberOf(row))).length : 0;
  const sorted = (field: string | undefined) => (!field ? undefined : props.sort === field ? 'ascending' : props.sort === `-${field}` ? 'descending' : 'none');

  return (
    <div ref={scroll} className={classes.scroll} data-scroll-restoration-id="rows" role="grid" aria-label={props.label} aria-rowcount={props.total === null ? -1 : props.total + 1} aria-multiselectable={selection !== undefined} aria-busy={isWaiting}>
      <div className={classes.sheet} data-narrow={narrow || undefined} style={{ ['--columns' as string]: template }}>
        <div role="row" aria-rowindex={1} className={classes.head}>
          {selection && (
            <span role="columnheader" className={classes.tick}>
              <Checkbox size="xs" aria-label={t('web:list.tickLoaded')} label={narrow ? t('web:list.tickLoaded') : undefined} checked={rows.length > 0 && ticked === rows.length} indeterminate={ticked > 0 && ticked < rows.length} onChange={selection.toggleLoaded} />
            </span>
          )}
          {heads.map(head => {
            const meta = head.column.columnDef.meta!;
            const order = sorted(meta.sort);
            const { sort } = meta;
            return (
              <span key={head.id} role="columnheader" aria-sort={order} className={classes.cell} data-end={meta.end || undefined} data-column={head.id}>
                {sort
                  ? <UnstyledButton className={classes.sort} onClick={() => props.onSort(order === 'ascending' ? `-${sort}` : sort)} title={meta.head}><span>{meta.head}</span>{order === 'ascending' ? <IconArrowUp size={14} aria-hidden /> : order === 'descending' ? <IconArrowDown size={14} aria-hidden /> : null}</UnstyledButton>
                  : <span title={meta.head}>{meta.head}</span>}
              </span>
            );
          })}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {seen.map(({ index, start }) => {
            const model = models[index];
            const style = { height, transform: `translateY(${start}px)` };
            if (!model) return <div key={`waiting ${index}`} className={classes.row} style={style} aria-hidden><Skeleton height={12} width="70%" ml="md" /></div>;
            const row = model.original;
            const number = props.numberOf(row);
            const isTicked = selection?.has(number) ?? false;
            return (
              <div key={model.id} role="row" aria-rowindex={index + 2} aria-selected={selection ? isTicked : undefined} data-index={index} data-ticked={isTicked || undefined} tabIndex={index === Math.max(at, 0) ? 0 : -1}
                className={classes.row} style={style} onFocus={() => setAt(index)} onClick={event => { if (!(event.target as Element).closest('a, button, input, label')) props.onOpen(row, event); }}
                onKeyDown={event => { if (event.key === 'Enter' && event.target === event.currentTarget) props.onOpen(row); }}>
                {selection && (
                  <span role="gridcell" className={classes.tick}>
                    <Checkbox size="xs" tabIndex={-1} aria-label={t('web:list.tick', { name: props.nameOf(row) })} checked={isTicked} onChange={() => undefined} onClick={event => selection.toggle(number, event.shiftKey)} />
                  </span>
                )}
                {narrow
                  ? <span role="gridcell" className={classes.compact}>{props.compact(row)}</span>
                  : model.getVisibleCells().map(cell => (
                    <span key={cell.id} role="gridcell" className={classes.cell} data-end={cell.column.columnDef.meta?.end || undefined} data-column={cell.column.id}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</span>
                  ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
