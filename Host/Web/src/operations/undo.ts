import { useTranslation } from 'react-i18next';
import { useKeys } from '@web/parts/useKeys';
import { useCompany } from '@web/session/session';

/** A change of one's own that can be taken back. Taking it back gives the step that does it again; null = nothing was taken back. */
export interface Step { back: () => Promise<Step | null> }

const most = 50;
const stacks = new Map<string, { undo: Step[]; redo: Step[] }>();

function stackOf(company: string) {
  const stack = stacks.get(company) ?? { undo: [], redo: [] };
  stacks.set(company, stack);
  return stack;
}

const underWay = new Set<Promise<unknown>>();

/** A change that is on its way: taking back the latest waits for it, since it may be that one. */
export function changing(change: Promise<unknown>): void {
  const over = () => underWay.delete(change);
  underWay.add(change);
  change.then(over, over);
}

/** Of a company, the latest change last: single saves and bulk changes alike. */
export function remember(company: string, step: Step): void {
  const stack = stackOf(company);
  stack.undo = [...stack.undo, step].slice(-most);
  stack.redo = [];
}

async function take(from: Step[], step: Step | undefined, to: Step[]): Promise<void> {
  if (!step || !from.includes(step)) return;
  from.splice(from.indexOf(step), 1);
  const opposite = await step.back();
  if (opposite) to.push(opposite);
}

/** Takes back the latest change, or the one that a toast tells of. */
export async function undo(company: string, step?: Step): Promise<void> {
  if (!step) await Promise.allSettled(underWay);
  const stack = stackOf(company);
  return take(stack.undo, step ?? stack.undo.at(-1), stack.redo);
}

/** Does the latest change that was taken back again. */
export function redo(company: string): Promise<void> {
  const stack = stackOf(company);
  return take(stack.redo, stack.redo.at(-1), stack.undo);
}

/** Ctrl+Z and Ctrl+Shift+Z; where somebody types, these are the text's own. */
export function useUndoKey(): void {
  const company = useCompany();
  const { t } = useTranslation();
  useKeys({ 'mod+z': { text: t('help.undo'), run: () => void undo(company) }, 'mod+shift+z': { text: t('help.redo'), run: () => void redo(company) } });
}
