import { useTranslation } from 'react-i18next';
import { Problem } from '@web/api/problem';
import { useKeys } from '@web/parts/useKeys';
import { useCompany } from '@web/session/session';

/** A change of one's own that can be taken back. */
export interface Step {
  /** Takes it back, and gives the step that does it again; null = there is none. */
  back: () => Promise<Step | null>;
  /** Tells why it could not be taken back. */
  failed: (error: unknown) => void;
}

/** A change that was asked for; null = it was not made. */
interface Change { made: Promise<Step | null>; step: Step | null }
interface Stack { undo: Change[]; redo: Change[]; turn: Promise<void> }

const most = 50;
const stacks = new Map<string, Stack>();

function stackOf(company: string): Stack {
  const stack = stacks.get(company) ?? { undo: [], redo: [], turn: Promise.resolve() };
  stacks.set(company, stack);
  return stack;
}

function drop(from: Change[], change: Change): void {
  if (from.includes(change)) from.splice(from.indexOf(change), 1);
}

/** Of a company, in the order in which they were asked for: single saves and bulk changes alike, also those that the server has not answered yet. */
export function remember(company: string, change: Step | Promise<Step | null>): void {
  const { undo, redo } = stackOf(company);
  const entry: Change = { made: Promise.resolve(change).catch(() => null), step: null };
  undo.push(entry);
  if (undo.length > most) undo.shift();
  void entry.made.then(step => {
    entry.step = step;
    if (step) redo.length = 0; else drop(undo, entry);
  });
}

/** What may go another time, such as when the line was down, as opposed to what the server has refused. */
const mayGoLater = (error: unknown) => error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);

async function take(from: Change[], to: Change[], wanted?: Step): Promise<void> {
  const change = wanted ? from.find(other => other.step === wanted) : from.at(-1);
  if (!change) return;
  const step = await change.made;
  if (!step) return take(from, to);
  try {
    const opposite = await step.back();
    if (opposite) to.push({ made: Promise.resolve(opposite), step: opposite });
  } catch (error) {
    step.failed(error);
    if (mayGoLater(error)) return;
  }
  drop(from, change);
}

/** One after the other, however fast they are asked for: each takes back what is the latest when the one before it is through. */
function inTurn(company: string, work: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = stackOf(company);
  stack.turn = stack.turn.then(() => work(stack));
  return stack.turn;
}

/** Takes back the latest change, or the one that a toast tells of. */
export const undo = (company: string, step?: Step): Promise<void> => inTurn(company, stack => take(stack.undo, stack.redo, step));

/** Does the latest change that was taken back again. */
export const redo = (company: string): Promise<void> => inTurn(company, stack => take(stack.redo, stack.undo));

/** Ctrl+Z and Ctrl+Shift+Z; where somebody types, these are the text's own. */
export function useUndoKey(): void {
  const company = useCompany();
  const { t } = useTranslation();
  useKeys({ 'mod+z': { text: t('help.undo'), run: () => void undo(company) }, 'mod+shift+z': { text: t('help.redo'), run: () => void redo(company) } });
}
