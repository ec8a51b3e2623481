import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSave } from '@web/edit/useSave';
import type { ListPage } from '@web/list/search';
import { problemText } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { usePartnerThing } from '../fields/partner';
import { type Partner, partnerQuery } from '../partners';
import type { Change } from './usePartnerEdit';

/** Saves one change of one row, and shows in the list what the save shows: the new value at once, the old one again when it is refused. */
export default function RowSaver({ change, onDone }: { change: Change; onDone: (id: number) => void }) {
  const { t } = useTranslation();
  const company = useCompany();
  const queries = useQueryClient();
  const { id, seen, patch } = change;
  const { save, error, dialog } = useSave(usePartnerThing(seen));
  const painted = useQuery({ ...partnerQuery(company, seen.number), enabled: false }).data;
  const isStarted = useRef(false);
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    queries.setQueryData(partnerQuery(company, seen.number).queryKey, seen);
    void save(patch, seen).then(() => setOver(true));
  });
  useEffect(() => {
    if (!painted) return;
    const paint = (page: ListPage<Partner> | undefined) => (page?.items?.some(row => row.number === painted.number) ? { ...page, items: page.items.map(row => (row.number === painted.number ? { ...painted, counts: row.counts } : row)) } : page);
    for (const list of ['overview', 'partners']) queries.setQueriesData<ListPage<Partner>>({ queryKey: [company, list, 'pages'] }, paint);
  }, [painted, queries, company]);
  useEffect(() => {
    if (!isOver) return;
    if (error) notifications.show({ color: 'red', title: problemText(error, t), message: seen.name });
    onDone(id);
  }, [isOver, error, onDone, id, seen.name, t]);
  return dialog;
}
