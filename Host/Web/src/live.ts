import { useDocumentVisibility, useNetwork } from '@mantine/hooks';
import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Schemas } from '@web/api/client';
import { modules } from '@web/modules';
import { useCompany } from '@web/session/session';

type Changes = Schemas['Changes'];

/** Bulk changes tell of rows twice a second for as long as they run; pages follow more calmly. */
const calm = 1_000;
const patience = 15_000;
/** As many seconds back the server tells of changes. */
const longest = 300;

/** Which queries a kind of thing is in: the second part of their keys, such as partners in [company, 'partners', 1001]. */
const places = new Map([...Map.groupBy(modules.flatMap(m => Object.entries(m.live ?? {})), ([kind]) => kind)].map(([kind, all]) => [kind, all.flatMap(([, named]) => named)]));

/** Puts what came while the page waited into one. */
function together(a: Changes | null, b: Changes): Changes {
  if (!a) return b;
  const kinds = a.kinds && b.kinds ? [...new Set([...a.kinds, ...b.kinds])] : null;
  return { seq: b.seq, kinds, rows: a.rows && b.rows ? [...a.rows, ...b.rows] : null };
}

/** Has the pages read again what has changed, as far as they show it; what they changed themselves they know already. */
function refresh(queries: QueryClient, company: string, { kinds, rows }: Changes): void {
  if (kinds === null) return void queries.invalidateQueries({ queryKey: [company] });
  const touched = new Map(kinds.flatMap(kind => (places.get(kind) ?? []).map(place => [place, rows?.filter(row => row.kind === kind)] as const)));
  if (touched.size === 0) return;
  const isTouched = ({ queryKey, state }: Query): boolean => {
    const [of, place, number] = queryKey;
    if (of !== company) return false;
    // Such as the cases on a partner's card.
    if (queryKey.slice(2).some(part => typeof part === 'string' && touched.has(part))) return true;
    if (typeof place !== 'string' || !touched.has(place)) return false;
    const changed = touched.get(place);
    if (typeof number !== 'number' || !changed) return true;
    const row = changed.filter(r => r.number === number).at(-1);
    const known = (state.data as { version?: number } | undefined)?.version;
    return row !== undefined && (known === undefined || known < row.version);
  };
  void queries.invalidateQueries({ predicate: isTouched });
}

/** Keeps what the open pages show true while others work: the server tells which rows change, as long as somebody looks at the window. */
export function useLive(): void {
  const queries = useQueryClient();
  const company = useCompany();
  const isSeen = useDocumentVisibility() === 'visible';
  const { online } = useNetwork();
  const seen = useRef<Record<string, number>>({});
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!isSeen || !online) return undefined;
    const after = seen.current[company];
    // Before the first line is open something may have been read and then changed: since the page began, and a little for clocks that differ.
    const known = after === undefined ? `within=${Math.min(Math.ceil(performance.now() / 1_000) + 2, longest)}` : `after=${after}`;
    const stream = new EventSource(`/api/v1/${company}/events/stream?${known}`);
    let waiting: Changes | null = null;
    let timer: number | undefined;
    let again: number | undefined;
    const run = () => {
      timer = waiting ? window.setTimeout(run, calm) : undefined;
      if (waiting) refresh(queries, company, waiting);
      waiting = null;
    };
    stream.addEventListener('changes', event => {
      const changes = JSON.parse((event as MessageEvent<string>).data) as Changes;
      seen.current[company] = changes.seq;
      if (changes.kinds?.length === 0) return;
      waiting = together(waiting, changes);
      if (timer === undefined) run();
    });
    // The browser connects again after a broken line by itself, but not after an answer such as 401 or 503.
    stream.onerror = () => { if (stream.readyState === EventSource.CLOSED) again = window.setTimeout(() => setTries(n => n + 1), patience); };
    return () => {
      stream.close();
      window.clearTimeout(again);
      window.clearTimeout(timer);
      if (waiting) refresh(queries, company, waiting);
    };
  }, [queries, company, isSeen, online, tries]);
}
