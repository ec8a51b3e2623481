import { Checkbox, Skeleton } from '@mantine/core';
import type { CellContext, ColumnDef } from '@tanstack/react-table';
import { type KeyboardEvent, memo, type MouseEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Grid.module.css';

/** A place in the grid; column -1 is the row itself. */
export interface Cell { row: number; column: number }

export interface RowDoes<T> {
  focus: (cell: Cell) => void;
  goTo: (row: number, column: number) => void;
  open: (row: T, event?: MouseEvent) => void;
  edit: (row: number, column: number) => void;
  peek: (row: T) => void;
  tick: (row: T, range: boolean) => void;
  compact: (row: T) => ReactNode;
  /** False = a click goes to the cell, which can be changed there. */
  clickOpens: boolean;
  canEdit: (row: T, column: number) => boolean;
}

interface Props<T> {
  /** Undefined = it is not here yet. */
  row: T | undefined;
  index: number;
  start: number;
  height: number;
  columns: ColumnDef<T>[];
  narrow: boolean;
  name: string;
  isCurrent: boolean;
  /** Null = rows cannot be ticked. */
  isTicked: boolean | null;
  /** The column that is being changed, -1 = none. */
  editing: number;
  field: ReactNode;
  does: RefObject<RowDoes<T>>;
}

/** Only the row is known to cells here; pages make them of nothing else. */
const content = <T,>(column: ColumnDef<T>, row: T): ReactNode => (column.cell as (context: CellContext<T, unknown>) => ReactNode)({ row: { original: row } } as CellContext<T, unknown>);

const acts = 'a, button, input, label, [role="combobox"]';

function Row<T>({ row, index, start, height, columns, narrow, name, isCurrent, isTicked, editing, field, does }: Props<T>) {
  const { t } = useTranslation();
  const style = { height, transform: `translateY(${start}px)` };
  if (row === undefined) return <div className={classes.row} style={style} aria-hidden><Skeleton height={12} width="70%" ml="md" style={{ gridColumn: '1 / -1' }} /></div>;

  const columnOf = (target: EventTarget) => Number((target as Element).closest('[data-at]')?.getAttribute('data-at') ?? -1);
  const press = (event: KeyboardEvent) => {
    const column = columnOf(event.target);
    if (editing >= 0 || (event.target as Element).matches(acts)) return;
    const run: Record<string, () => void> = {
      Enter: () => does.current.open(row), F2: () => does.current.edit(index, column), ' ': () => does.current.peek(row),
      ArrowRight: () => does.current.goTo(index, column + 1), ArrowLeft: () => does.current.goTo(index, column - 1), Home: () => does.current.goTo(index, 0), End: () => does.current.goTo(index, columns.length - 1),
    };
    if (!run[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    run[event.key]!();
  };
  const click = (event: MouseEvent) => {
    if (editing >= 0 || (event.target as Element).closest(acts)) return;
    does.current.focus({ row: index, column: columnOf(event.target) });
    if (event.ctrlKey || event.metaKey) does.current.peek(row);
    else if (narrow || does.current.clickOpens) does.current.open(row, event);
  };
  const doubleClick = (event: MouseEvent) => {
    if (editing >= 0 || (event.target as Element).closest(acts)) return;
    const column = columnOf(event.target);
    if (does.current.canEdit(row, column)) does.current.edit(index, column); else does.current.open(row, event);
  };
  return (
    <div role="row" aria-rowindex={index + 2} aria-selected={isTicked ?? undefined} data-index={index} data-ticked={isTicked || undefined} tabIndex={isCurrent ? 0 : -1} className={classes.row} style={style}
      onFocus={event => does.current.focus({ row: index, column: columnOf(event.target) })} onKeyDown={press} onClick={click}
      onDoubleClick={doubleClick}>
      {isTicked !== null && (
        <span role="gridcell" className={classes.tick}>
          <Checkbox size="xs" tabIndex={-1} aria-label={t('web:list.tick', { name })} checked={isTicked} onChange={() => undefined} onClick={event => does.current.tick(row, event.shiftKey)} />
        </span>
      )}
      {narrow
        ? <span role="gridcell" className={classes.compact}>{does.current.compact(row)}</span>
        : columns.map((column, at) => (
          <span key={column.id} role="gridcell" tabIndex={-1} data-at={at} data-editing={at === editing || undefined} className={classes.cell} data-end={column.meta?.end || undefined} data-column={column.id}>
            {at === editing ? field : content(column, row)}
          </span>
        ))}
    </div>
  );
}

export const GridRow = memo(Row) as typeof Row;
