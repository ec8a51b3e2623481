import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '@web/api/client';
import type { Members } from '@web/edit/patch';
import { save } from '@web/edit/saving';
import { cursorKey, type CursorPages } from '@web/list/useCursorPages';
import { useCompany } from '@web/session/session';
import { type Case, caseQuery, type Status, useStatuses } from '../cases';
import { useCaseThing, useProblemWords } from '../editing';
import type { Reason } from '../LostDialog';
import { weighted } from '../weighted';

/** Name of the columns' queries. */
export const board = 'board';

/** The query of one column. */
export const columnQuery = (filter: ListQuery, sort: string, status: string): ListQuery => ({ ...filter, status, sort });

/** Nothing about it can change. */
export const isFixed = (c: Case): boolean => c.closed || c.convertedAt !== null || c.deletedAt !== null;

/** The probability that a case gets with a status; undefined = the one that it had before it was won or lost, which only the server knows. */
export function probabilityWith(c: Case, to: Status, from: Status | undefined): number | undefined {
  if (to.kind !== 'open') return to.probability ?? undefined;
  if (c.status.kind !== 'open') return undefined;
  // One that nobody touched goes with the status.
  return c.probability === from?.probability ? to.probability ?? undefined : c.probability;
}

/** The merge patch of a move. It names all that follows from it, so that taking it back brings all of that back too. */
export function patchTo(c: Case, to: Status, from: Status | undefined, reason: Reason | null): Members {
  const probability = probabilityWith(c, to, from);
  return {
    status: to.key,
    ...(to.kind === 'open' && probability !== undefined ? { probability } : {}),
    ...(to.kind === 'lost' && reason ? { lostReason: { ...reason } } : c.lostReason ? { lostReason: null } : {}),
  };
}

/** The case as it will look. */
function moved(c: Case, to: Status, probability: number): Case {
  return {
    ...c, status: { key: to.key, name: to.name, kind: to.kind ?? 'open', probability: to.probability ?? 0 }, probability, weighted: weighted(c.value, probability),
    statusChangedAt: new Date().toISOString(), overdue: to.kind === 'open' ? c.overdue : { followUp: false, expectedClose: false },
  };
}

/** Pages with the rows of each changed. */
const withRows = (data: CursorPages<Case>, rows: (items: Case[], page: number) => Case[]): CursorPages<Case> => ({ ...data, pages: data.pages.map((page, i) => ({ ...page, items: rows(page.items, i) })) });

const without = (data: CursorPages<Case>, number: number) => withRows(data, items => items.filter(c => c.number !== number));

/** Where a card stands in a column; what is moved there comes first. */
export function placeOf(data: CursorPages<Case> | undefined, number: number): { page: number; at: number } {
  const page = data?.pages.findIndex(({ items }) => items.some(c => c.number === number)) ?? -1;
  return page < 0 ? { page: 0, at: 0 } : { page, at: data!.pages[page]!.items.findIndex(c => c.number === number) };
}

/** The column with the card at that place, once, as far as the column still reaches there; the other cards stay as they are by now. */
export function placed(data: CursorPages<Case>, c: Case, { page, at }: { page: number; at: number }): CursorPages<Case> {
  const to = Math.min(page, data.pages.length - 1);
  return withRows(without(data, c.number), (items, i) => (i === to ? items.toSpliced(at, 0, c) : items));
}

/** Moves cases between columns: at once on the screen, then on the server; put back, with the reason, when that refuses. */
export function useMoves(filter: ListQuery, sort: string) {
  const { t } = useTranslation('cases');
  const queries = useQueryClient();
  const company = useCompany();
  const statuses = useStatuses();
  const thing = useCaseThing();
  const words = useProblemWords();
  const [told, tell] = useState('');

  const key = (status: string) => cursorKey(company, board, columnQuery(filter, sort, status));
  const change = (status: string, by: (data: CursorPages<Case>) => CursorPages<Case>) => queries.setQueryData<CursorPages<Case>>(key(status), data => data && by(data));

  return {
    /** What has just happened, for those who do not see the board. */
    told,
    /** The case as the server has it now; null = not moved. */
    move: async (c: Case, to: Status, reason: Reason | null = null): Promise<Case | null> => {
      const from = statuses.of(c.status.key);
      const name = statuses.name(to.key);
      const place = placeOf(queries.getQueryData(key(c.status.key)), c.number);
      await queries.cancelQueries({ queryKey: [company, board] });
      change(c.status.key, data => without(data, c.number));
      change(to.key, data => placed(data, moved(c, to, probabilityWith(c, to, from) ?? to.probability ?? 0), { page: 0, at: 0 }));
      tell(t('board.moved', { title: c.title, status: name }));
      const putBack = (why: string) => {
        change(to.key, data => without(data, c.number));
        change(c.status.key, data => placed(data, c, place));
        const title = t('board.notMoved', { title: c.title });
        tell(`${title}. ${why}`);
        notifications.show({ color: 'red', title, message: why, closeButtonProps: { 'aria-label': t('web:close') } });
        void queries.invalidateQueries({ queryKey: [company, board] });
        return null;
      };
      try {
        if (await save(queries, thing(c), patchTo(c, to, from, reason), c) !== null) return putBack(t('board.changedMeanwhile'));
        return queries.getQueryData(caseQuery(company, c.number).queryKey) ?? null;
      } catch (error) {
        return putBack(words(error));
      }
    },
  };
}
