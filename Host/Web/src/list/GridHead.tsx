import { Checkbox, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Grid.module.css';
import type { Selection } from './selection';

interface Props<T> {
  columns: ColumnDef<T>[];
  narrow: boolean;
  rows: T[];
  numberOf: (row: T) => number;
  sort: string;
  onSort: (sort: string) => void;
  onWidth?: (column: string, width: number | null) => void;
  selection?: Selection;
}

const step = 16;

/** The heads: a click sorts, the edge between two is dragged (or moved by Shift and the arrows) to make a column wider, a double click makes it as usual. */
export function GridHead<T>({ columns, narrow, rows, numberOf, sort, onSort, onWidth, selection }: Props<T>) {
  const { t } = useTranslation();
  // filter leaves out the rows that are not held.
  const held = selection ? rows.filter(() => true) : [];
  const ticked = selection ? held.filter(row => selection.has(numberOf(row))).length : 0;
  // A second click may come before the address bar has the first.
  const wanted = useRef(sort);
  useEffect(() => { wanted.current = sort; }, [sort]);
  const sortBy = (field: string) => {
    wanted.current = wanted.current === field ? `-${field}` : field;
    onSort(wanted.current);
  };
  const sorted = (field: string | undefined) => (!field ? undefined : sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : 'none');

  /** While it is dragged only the style of the sheet changes; what comes of it is told once. */
  const drag = (event: PointerEvent<HTMLElement>, at: number, id: string) => {
    event.preventDefault();
    const handle = event.currentTarget;
    const [from, width] = [event.clientX, handle.parentElement!.offsetWidth];
    const sheet = handle.closest<HTMLElement>('[data-sheet]')!;
    const tracks = sheet.style.getPropertyValue('--columns').split(/\s+(?![^(]*\))/);
    let wide = width;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = moved => {
      wide = Math.max(56, width + moved.clientX - from);
      sheet.style.setProperty('--columns', tracks.with(at + (selection ? 1 : 0), `${wide}px`).join(' '));
    };
    handle.onpointerup = () => { handle.onpointermove = handle.onpointerup = null; if (wide !== width) onWidth!(id, wide); };
  };
  const press = (event: KeyboardEvent<HTMLElement>, id: string) => {
    if (!onWidth || !event.shiftKey || !['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    onWidth(id, event.currentTarget.offsetWidth + (event.key === 'ArrowRight' ? step : -step));
  };

  return (
    <div role="row" aria-rowindex={1} className={classes.head}>
      {selection && (
        <span role="columnheader" className={classes.tick}>
          <Checkbox size="xs" aria-label={t('web:list.tickLoaded')} label={narrow ? t('web:list.tickLoaded') : undefined} checked={held.length > 0 && ticked === held.length} indeterminate={ticked > 0 && ticked < held.length} onChange={selection.toggleLoaded} />
        </span>
      )}
      {!narrow && columns.map((column, at) => {
        const { head, sort: field, end } = column.meta!;
        const order = sorted(field);
        return (
          <span key={column.id} role="columnheader" aria-sort={order} className={classes.cell} data-end={end || undefined} data-column={column.id} onKeyDown={event => press(event, column.id!)}>
            {field
              ? <UnstyledButton className={classes.sort} onClick={() => sortBy(field)} title={head}><span>{head}</span>{order === 'ascending' ? <IconArrowUp size={14} aria-hidden /> : order === 'descending' ? <IconArrowDown size={14} aria-hidden /> : null}</UnstyledButton>
              : <span title={head}>{head}</span>}
            {onWidth && <span className={classes.edge} aria-hidden onPointerDown={event => drag(event, at, column.id!)} onDoubleClick={() => onWidth(column.id!, null)} />}
          </span>
        );
      })}
    </div>
  );
}
