import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@web/api/problem';
import { type Json, patchOf, valueAt } from '@web/edit/patch';
import { wordsIn } from '@web/edit/refusals';
import type { Saving } from '@web/edit/useSave';
import type { Case } from '../cases';
import { useRefusals, writtenCase } from '../editing';

export interface CaseEditing {
  c: Case;
  saving: Saving<Case>;
  /** Nothing can be changed: it is closed or an order, or the user only reads. */
  isLocked: boolean;
}

export const CaseContext = createContext<CaseEditing | null>(null);

export function useCaseEditing(): CaseEditing {
  const editing = useContext(CaseContext);
  if (!editing) throw new Problem(0);
  return editing;
}

/** One member of the open case: its value, how it is saved, and what the server said about it. */
export function useMember(pointer: string) {
  const { t } = useTranslation('cases');
  const wordsOf = useRefusals();
  const { c, saving, isLocked } = useCaseEditing();
  return {
    value: valueAt(writtenCase(c), pointer),
    save: (value: Json) => void saving.save(patchOf(pointer, value), c),
    /** Saves for the version that the user saw. True = saved. */
    saveFor: (seen: Case, value: Json) => saving.save(patchOf(pointer, value), seen),
    error: wordsIn(saving.error, pointer, wordsOf, t),
    /** What is locked can still be read and copied. */
    look: isLocked ? { readOnly: true, variant: 'filled' } : {},
  };
}
