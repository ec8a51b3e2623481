import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paint } from '@web/edit/saving';
import { useSave } from '@web/edit/useSave';
import type { ListPage } from '@web/list/search';
import { problemText } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { usePartnerThing } from '../fields/partner';
import { type Partner, partnerQuery } from '../partners';
import type { Change } from './usePartnerEdit';

interface Props { change: Change; onPaint: (id: number, paint: (row: Partner) => Partner) => void; onDone: (id: number) => void }

/** Saves one change of one row. Until that is over the list shows it over whatever is read meanwhile; then it has the saved row, or again the one from before. */
export default function RowSaver({ change, onPaint, onDone }: Props) {
  const { t } = useTranslation();
  const company = useCompany();
  const queries = useQueryClient();
  const { id, seen, patch } = change;
  const thing = usePartnerThing(seen);
  const { save, error, dialog } = useSave(thing);
  const isStarted = useRef(false);
  const [isSaved, setSaved] = useState<boolean | null>(null);

  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    // What answers to writes do not tell is known from here.
    queries.setQueryData<Partner>(thing.key, known => known ?? seen);
    onPaint(id, row => paint(thing, row, patch));
    void save(patch, seen).then(setSaved);
  });
  useEffect(() => {
    if (isSaved === null) return;
    const saved = queries.getQueryData(partnerQuery(company, seen.number).queryKey);
    const put = (page: ListPage<Partner> | undefined) => page && { ...page, items: page.items.map(row => (saved && saved.number === row.number && saved.version >= row.version ? { ...saved, counts: row.counts } : row)) };
    for (const list of ['overview', 'partners']) queries.setQueriesData<ListPage<Partner>>({ queryKey: [company, list, 'pages'] }, put);
    if (error) notifications.show({ color: 'red', title: problemText(error, t), message: seen.name });
    onDone(id);
  }, [isSaved, error, onDone, id, seen, t, queries, company]);
  return dialog;
}
