import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { Members } from '@web/edit/patch';
import type { GridEdit } from '@web/list/Grid';
import type { Partner } from '../partners';

const RowSaver = lazy(() => import('./RowSaver'));
const CellField = lazy(() => import('./CellField'));

const editable = ['stage', 'owner', 'creditLimit', 'tags'];

export interface Change {
  id: number;
  seen: Partner;
  patch: Members;
  /** How a row looks with it. */
  paint?: (row: Partner) => Partner;
}

/** Cells of the list that can be changed where they stand; the dialog appears when somebody else changed the same meanwhile. */
export function usePartnerEdit(): { edit: GridEdit<Partner>; dialog: ReactNode } {
  const [changes, setChanges] = useState<Change[]>([]);
  const last = useRef(0);
  const done = useCallback((id: number) => setChanges(all => all.filter(c => c.id !== id)), []);
  const onPaint = useCallback((id: number, paint: Change['paint'] & {}) => setChanges(all => all.map(c => (c.id === id ? { ...c, paint } : c))), []);
  const edit = useMemo<GridEdit<Partner>>(() => ({
    can: (_, column) => editable.includes(column),
    shown: row => changes.reduce((now, change) => (change.seen.number === row.number && change.paint ? change.paint(now) : now), row),
    keys: { s: 'stage', o: 'owner', t: 'tags' },
    field: (row, column, end) => (
      <Suspense>
        <CellField partner={row} column={column} end={end} onSave={(patch, seen) => { last.current++; const id = last.current; setChanges(all => [...all, { id, seen, patch }]); }} />
      </Suspense>
    ),
  }), [changes]);
  return { edit, dialog: <Suspense>{changes.map(change => <RowSaver key={change.id} change={change} onPaint={onPaint} onDone={done} />)}</Suspense> };
}
