import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@web/api/problem';
import type { Json, Members } from '@web/edit/patch';
import { valueAt } from '@web/edit/patch';
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

/** /customer/reference and a value as the merge patch of both. */
const patchOf = (pointer: string, value: Json): Members => pointer.split('/').slice(1).reduceRight<Json>((inner, member) => ({ [member]: inner }), value) as Members;

/** One member of the open case: its value, how it is saved, and what the server said about it. */
export function useMember(pointer: string) {
  const { t } = useTranslation('cases');
  const wordsOf = useRefusals();
  const { c, saving, isLocked } = useCaseEditing();
  const problem = saving.error instanceof Problem ? saving.error : undefined;
  const wrong = Object.entries(problem?.errors ?? {}).filter(([at]) => at === pointer || at.startsWith(`${pointer}/`))
    .flatMap(([at, messages]) => messages.map((message, i) => { const code = problem?.codes[at]?.[i] ?? ''; return wordsOf(code) || t(`web:refused.${code}`, { defaultValue: message }); }));
  return {
    value: valueAt(writtenCase(c), pointer),
    save: (value: Json) => void saving.save(patchOf(pointer, value), c),
    error: wrong.length > 0 ? wrong.join(' ') : undefined,
    /** What is locked can still be read and copied. */
    look: isLocked ? { readOnly: true, variant: 'filled' } : {},
  };
}
