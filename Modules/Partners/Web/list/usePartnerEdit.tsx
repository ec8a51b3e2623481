import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Members } from '@web/edit/patch';
import { useSave } from '@web/edit/useSave';
import type { GridEdit } from '@web/list/Grid';
import type { ListPage } from '@web/list/search';
import { problemText } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { usePartnerThing } from '../fields/partner';
import { type Partner, partnerQuery } from '../partners';

const CellField = lazy(() => import('./CellField'));

const editable = ['stage', 'owner', 'creditLimit', 'tags'];

interface Change { id: number; seen: Partner; patch: Members }

/** Saves one change of one row, and shows in the list what the save shows: the new value at once, the old one again when it is refused. */
function Saver({ change, onDone }: { change: Change; onDone: () => void }) {
  const { t } = useTranslation();
  const company = useCompany();
  const queries = useQueryClient();
  const { seen, patch } = change;
  const { save, error, dialog } = useSave(usePartnerThing(seen));
  const painted = useQuery({ ...partnerQuery(company, seen.number), enabled: false }).data;
  const isStarted = useRef(false);

  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    queries.setQueryData(partnerQuery(company, seen.number).queryKey, seen);
    void save(patch, seen).then(saved => { if (saved) onDone(); });
  });
  useEffect(() => {
    if (!painted) return;
    const paint = (page: ListPage<Partner> | undefined) => (page?.items?.some(row => row.number === painted.number) ? { ...page, items: page.items.map(row => (row.number === painted.number ? { ...painted, counts: row.counts } : row)) } : page);
    for (const list of ['overview', 'partners']) queries.setQueriesData<ListPage<Partner>>({ queryKey: [company, list, 'pages'] }, paint);
  }, [painted, queries, company]);
  useEffect(() => {
    if (!error) return;
    notifications.show({ color: 'red', title: problemText(error, t), message: seen.name });
    onDone();
  }, [error, onDone, seen.name, t]);
  return dialog;
}

/** Cells of the list that can be changed where they stand; the dialog appears when somebody else changed the same meanwhile. */
export function usePartnerEdit(): { edit: GridEdit<Partner>; dialog: ReactNode } {
  const [changes, setChanges] = useState<Change[]>([]);
  const last = useRef(0);
  const done = useCallback((id: number) => setChanges(all => all.filter(c => c.id !== id)), []);
  const edit = useMemo<GridEdit<Partner>>(() => ({
    can: (_, column) => editable.includes(column),
    keys: { s: 'stage', o: 'owner', t: 'tags' },
    field: (row, column, end) => (
      <Suspense>
        <CellField partner={row} column={column} end={end} onSave={patch => { last.current++; const id = last.current; setChanges(all => [...all, { id, seen: row, patch }]); }} />
      </Suspense>
    ),
  }), []);
  return { edit, dialog: changes.map(change => <Saver key={change.id} change={change} onDone={() => done(change.id)} />) };
}
