import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import i18next from 'i18next';
import { Problem } from '@web/api/problem';
import { changing, remember, type Step, undo } from '@web/operations/undo';
import { problemText } from '@web/parts/ProblemText';
import { applied, isSame, type Members, pointers, reversed, valueAt } from './patch';

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

/** The latest save of each thing that is not over yet: the version that it began from, and what came of it; null = nothing. */
const underWay = new Map<string, Promise<{ from: number; after: unknown } | null>>();

/**
 * Saves; others' changes of other members are no conflict. Answers the conflict when there is one; refusals are thrown. Saves of the same thing take
 * turns, and one that was begun before an earlier one was answered goes on from that: one's own change is nobody else's.
 */
export function save<T extends { version: number }>(queries: QueryClient, thing: Editable<T>, patch: Members, seen: T): Promise<Conflict<T> | null> {
  const key = JSON.stringify(thing.key);
  const turn = (underWay.get(key) ?? Promise.resolve(null)).then(own => saveNow(queries, thing, patch, own?.from === seen.version ? own.after as T : seen));
  const over = turn.then(({ after }) => after && { from: seen.version, after }, () => null);
  underWay.set(key, over);
  changing(turn);
  void over.then(() => { if (underWay.get(key) === over) underWay.delete(key); });
  return turn.then(({ conflict }) => conflict);
}

async function saveNow<T extends { version: number }>(queries: QueryClient, thing: Editable<T>, patch: Members, seen: T): Promise<{ conflict: Conflict<T> | null; after: T | null }> {
  try {
    const after = await send(queries, thing, patch, seen);
    const step = stepBack(queries, thing, reversed(patch, thing.written(seen)), after, 'edit.undone');
    remember(thing.company, step);
    toast(thing, membersOf(thing, patch), say('web:edit.saved'), () => void undo(thing.company, step));
    return { conflict: null, after };
  } catch (error) {
    if (!isStale(error)) throw error;
    const theirs = await reread(queries, thing);
    const changed = pointers(patch).filter(p => !isSame(valueAt(thing.written(seen), p), valueAt(thing.written(theirs), p)) && !isSame(valueAt(patch, p), valueAt(thing.written(theirs), p)));
    return changed.length > 0 ? { conflict: { patch, seen, theirs, pointers: changed }, after: null } : saveNow(queries, thing, patch, theirs);
  }
}

/** The step that puts members back to their values before, unless somebody has changed them since. */
function stepBack<T extends { version: number }>(queries: QueryClient, thing: Editable<T>, patch: Members, after: T, told: 'edit.undone' | 'edit.redone'): Step {
  const attempt = async (seen: T): Promise<Step | null> => {
    try {
      const back = await send(queries, thing, patch, seen);
      const opposite = stepBack(queries, thing, reversed(patch, thing.written(seen)), back, told === 'edit.undone' ? 'edit.redone' : 'edit.undone');
      toast(thing, membersOf(thing, patch), say(`web:${told}`));
      return opposite;
    } catch (error) {
      if (!isStale(error)) throw error;
      const fresh = await reread(queries, thing);
      const changed = pointers(patch).filter(p => !isSame(valueAt(thing.written(after), p), valueAt(thing.written(fresh), p)));
      if (changed.length === 0) return attempt(fresh);
      notifications.hide(toastOf(thing));
      notifications.show({ color: 'yellow', autoClose: toastStays, title: say('web:edit.notUndone', { name: thing.name }), message: say('web:edit.changedSince', { members: changed.map(thing.label).join(', ') }) });
      return null;
    }
  };
  return {
    back: async () => {
      try {
        return await attempt(after);
      } catch (error) {
        notifications.show({ color: 'red', title: say('web:edit.notUndone', { name: thing.name }), message: problemText(error, say) });
        return null;
      }
    },
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
