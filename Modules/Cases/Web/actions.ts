import { notifications } from '@mantine/notifications';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useState } from 'react';
import { api } from '@web/api/client';
import { toast } from '@web/edit/saving';
import { remember, type Step, undo } from '@web/operations/undo';
import { useCompany } from '@web/session/session';
import { type Case, caseQuery } from './cases';
import { useProblemWords } from './editing';

export type CaseAction = 'close' | 'reopen' | 'delete' | 'restore';
type Named = Pick<Case, 'number' | 'title'>;

const opposite: Record<CaseAction, CaseAction> = { close: 'reopen', reopen: 'close', delete: 'restore', restore: 'delete' };

async function call(queries: QueryClient, company: string, number: number, action: CaseAction): Promise<void> {
  const params = { params: { path: { company, number } } };
  if (action === 'delete') await api.DELETE('/api/v1/{company}/cases/{number}', params);
  else await api.POST(`/api/v1/{company}/cases/{number}/${action}`, params);
  await queries.invalidateQueries({ queryKey: [company] });
}

/** Closing, deleting and their opposites, with undo by toast and Ctrl+Z. */
export function useCaseActions() {
  const queries = useQueryClient();
  const company = useCompany();
  const words = useProblemWords();
  const [isRunning, setRunning] = useState(false);
  const say = (name: string) => i18next.t(`cases:${name}`);
  const refused = (c: Named, error: unknown) => notifications.show({ color: 'red', title: c.title, message: words(error) });

  const stepBack = (c: Named, action: CaseAction): Step => ({
    back: async () => {
      await call(queries, company, c.number, action);
      toast({ key: caseQuery(company, c.number).queryKey, name: c.title }, '', say(`done.${action}`));
      return stepBack(c, opposite[action]);
    },
    failed: error => refused(c, error),
  });
  return {
    isRunning,
    /** True = done; a refusal has been told. */
    run: async (c: Named, action: CaseAction): Promise<boolean> => {
      setRunning(true);
      try {
        await call(queries, company, c.number, action);
        const step = stepBack(c, opposite[action]);
        remember(company, step);
        toast({ key: caseQuery(company, c.number).queryKey, name: c.title }, '', say(`done.${action}`), () => void undo(company, step));
        return true;
      } catch (error) {
        refused(c, error);
        return false;
      } finally {
        setRunning(false);
      }
    },
  };
}
