import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import i18next from 'i18next';
import { Problem } from '@web/api/problem';
import { remember, type Step, undo } from '@web/operations/undo';
import { problemText } from '@web/parts/ProblemText';
import { applied, difference, isIn, isSame, type Members, pointers, reversed, valueAt } from './patch';
import { inTurn, withSave } from './turns';

/** A thing of the API that can be changed by merge patch. T is what is read, and its members as they are written are what forms hold. */
export interface Editable<T extends { version: number }> {
  company: string;
  /** Of the query that has it. */
  key: QueryKey;
  /** In words, such as Nordvik Bygg AB. */
  name: string;
  read(): Promise<T>;
  write(patch: Members, ifMatch: string): Promise<T>;
  /** The members that can be written, as they are written. */
  written(thing: T): Members;
  /** How members that are read otherwise than they are written look once they are saved, by member; for painting before the answer is here. */
  painted?: Record<string, (value: never, thing: never) => unknown>;
  /** What answers to writes do not tell and stays as it was. */
  kept?: (keyof T)[];
  /** What a member is called. */
  label: (pointer: string) => string;
  /** A member's value in words; '' = nothing. */
  words: (pointer: string, value: unknown) => string;
}

/** Somebody else changed the same members meanwhile. */
export interface Conflict<T> { patch: Members; seen: T; theirs: T; pointers: string[] }

const toastStays = 10_000;
/** As many members a toast names. */
const most = 4;
const say = i18next.t.bind(i18next);
const isStale = (error: unknown) => error instanceof Problem && error.status === 412;

/** What the user sees before the server has answered. */
export function paint<T extends { version: number }>(thing: Editable<T>, before: T, patch: Members): T {
  const made = applied(thing.written(before), patch);
  const shown = Object.keys(patch).map(member => {
    const as = thing.painted?.[member] as ((value: unknown, thing: T) => unknown) | undefined;
    return [member, as ? as(made[member], before) : made[member]];
  });
  return { ...before, ...Object.fromEntries(shown) as Partial<T> };
}

/** Sends a patch for the version that the user saw; paints first, and puts back what was there when it is refused. */
async function send<T extends { version: number }>(queries: QueryClient, thing: Editable<T>, patch: Members, seen: T): Promise<T> {
  const before = queries.getQueryData<T>(thing.key);
  await queries.cancelQueries({ queryKey: thing.key, exact: true });
  if (before) queries.setQueryData<T>(thing.key, paint(thing, before, patch));
  try {
    const answered = await thing.write(patch, `"${seen.version}"`);
    const kept = before && thing.kept ? Object.fromEntries(thing.kept.map(member => [member, before[member]])) as Partial<T> : {};
    const after = { ...answered, ...kept };
    queries.setQueryData<T>(thing.key, after);
    // Lists, counts and histories show it too.
    void queries.invalidateQueries({ queryKey: [thing.company] });
    return after;
  } catch (error) {
    if (before) queries.setQueryData<T>(thing.key, before);
    throw error;
  }
}

async function reread<T extends { version: number }>(queries: QueryClient, thing: Editable<T>): Promise<T> {
  const fresh = await thing.read();
  queries.setQueryData<T>(thing.key, fresh);
  void queries.invalidateQueries({ queryKey: [thing.company] });
  return fresh;
}

/** A save that was made: of the version that the user saw, or of a later one in which others had changed the pointers. */
interface Saved<T> { of: T; after: T; others: string[] }

const isNear = (a: string, b: string) => isIn(a, b) || isIn(b, a);

/** Sends; when others have saved meanwhile, again for their version, unless what they changed is in the way. Those pointers are answered then. */
async function sendOver<T extends { version: number }>(queries: QueryClient, thing: Editable<T>, patch: Members, seen: T, inTheWay: (theirs: T) => string[], others: string[] = []): Promise<Saved<T> | { theirs: T; pointers: string[] }> {
  try {
    return { of: seen, after: await send(queries, thing, patch, seen), others };
  } catch (error) {
    if (!isStale(error)) throw error;
    const theirs = await reread(queries, thing);
    const found = inTheWay(theirs);
    return found.length > 0 ? { theirs, pointers: found } : sendOver(queries, thing, patch, theirs, inTheWay, [...others, ...pointers(difference(thing.written(seen), thing.written(theirs)))]);
  }
}

/**
 * Saves; others' changes of other members are no conflict. Answers the conflict when there is one; refusals are thrown. Saves of the same thing take
 * turns, and one that was begun before an earlier one was answered goes on from that: one's own change is nobody else's.
 */
export function save<T extends { version: number }>(queries: QueryClient, thing: Editable<T>, patch: Members, seen: T): Promise<Conflict<T> | null> {
  const isOther = (p: string, theirs: T) => !isSame(valueAt(patch, p), valueAt(thing.written(theirs), p));
  const saved = inTurn<T, { conflict: Conflict<T> | null; step: Step | null }>(thing, async own => {
    const known = own?.since.get(seen.version);
    const from = own && known ? own.after : seen;
    // What the answers to one's own saves brought along of others, the user has not seen either.
    const unseen = pointers(patch).filter(p => known?.some(other => isNear(p, other)) && isOther(p, from));
    if (unseen.length > 0) return { own, result: { conflict: { patch, seen, theirs: from, pointers: unseen }, step: null } };
    const done = await sendOver(queries, thing, patch, from, theirs => pointers(patch).filter(p => !isSame(valueAt(thing.written(from), p), valueAt(thing.written(theirs), p)) && isOther(p, theirs)));
    if ('pointers' in done) return { own, result: { conflict: { patch, seen, ...done }, step: null } };
    const step = stepBack(queries, thing, reversed(patch, thing.written(done.of)), done.after, 'edit.undone');
    toast(thing, membersOf(thing, patch), say('web:edit.saved'), () => void undo(thing.company, step));
    return { own: withSave(own, seen.version, done.after, done.others), result: { conflict: null, step } };
  });
  remember(thing.company, saved.then(({ step }) => step));
  return saved.then(({ conflict }) => conflict);
}

/** The step that puts members back to their values before, unless somebody has changed them since. */
function stepBack<T extends { version: number }>(queries: QueryClient, thing: Editable<T>, patch: Members, after: T, told: 'edit.undone' | 'edit.redone'): Step {
  const opposite = told === 'edit.undone' ? 'edit.redone' : 'edit.undone';
  return {
    back: () => inTurn(thing, async own => {
      const shown = queries.getQueryData<T>(thing.key) ?? after;
      const done = await sendOver(queries, thing, patch, after, fresh => pointers(patch).filter(p => !isSame(valueAt(thing.written(after), p), valueAt(thing.written(fresh), p))));
      if ('pointers' in done) {
        notifications.hide(toastOf(thing));
        notifications.show({ color: 'yellow', autoClose: toastStays, title: say('web:edit.notUndone', { name: thing.name }), message: say('web:edit.changedSince', { members: done.pointers.map(thing.label).join(', ') }) });
        return { own, result: null };
      }
      toast(thing, membersOf(thing, patch), say(`web:${told}`));
      const others = pointers(difference(thing.written(shown), thing.written(done.of)));
      return { own: withSave(own, shown.version, done.after, others), result: stepBack(queries, thing, reversed(patch, thing.written(done.of)), done.after, opposite) };
    }),
    failed: error => notifications.show({ color: 'red', title: say('web:edit.notUndone', { name: thing.name }), message: problemText(error, say) }),
  };
}

const toastOf = (thing: { key: QueryKey }) => `saved ${JSON.stringify(thing.key)}`;

/** The words for what a patch changes. */
function membersOf<T extends { version: number }>(thing: Editable<T>, patch: Members): string {
  const members = [...new Set(pointers(patch).map(thing.label))];
  return members.slice(0, most).join(', ') + (members.length > most ? ' …' : '');
}

/** Says what was done, for as long as it can be taken back from there. A later word about the same takes its place. */
export function toast(thing: { key: QueryKey; name: string }, detail: string, title: string, onUndo?: () => void): void {
  const id = toastOf(thing);
  notifications.hide(id);
  notifications.show({
    id, color: 'green', autoClose: toastStays, title, closeButtonProps: { 'aria-label': say('web:close') },
    message: (
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <span>{thing.name}<Text size="xs">{detail}</Text></span>
        {onUndo && <Button size="compact-xs" variant="default" onClick={() => { notifications.hide(id); onUndo(); }}>{say('web:operation.undo')}</Button>}
      </Group>
    ),
  });
}
