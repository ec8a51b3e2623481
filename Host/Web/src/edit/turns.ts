import type { Editable } from './saving';

/** What one's own saves of a thing, that came one right after the other, have made of it. */
export interface Own<T> {
  after: T;
  /** By the versions that the user may have seen meanwhile: the pointers of what others have changed since. */
  since: ReadonlyMap<number, readonly string[]>;
}

/** Own saves with one more: it was made of the version that the user saw, and others had changed something before it. */
export function withSave<T extends { version: number }>(own: Own<T> | null, seen: number, after: T, others: readonly string[]): Own<T> {
  const since = new Map([...own?.since ?? []].map(([version, pointers]) => [version, [...pointers, ...others]]));
  if (!since.has(seen)) since.set(seen, [...others]);
  return { after, since: since.set(after.version, []) };
}

const turns = new Map<string, Promise<Own<unknown> | null>>();

/**
 * Saves of the same thing take turns: each is given what those before it have made of the thing while it waited; null = there was none. Who begins
 * when all are over starts anew.
 */
export function inTurn<T extends { version: number }, R>(thing: Editable<T>, work: (own: Own<T> | null) => Promise<{ own: Own<T> | null; result: R }>): Promise<R> {
  const key = JSON.stringify(thing.key);
  const before = turns.get(key) ?? Promise.resolve(null);
  const turn = before.then(own => work(own as Own<T> | null));
  const over: Promise<Own<unknown> | null> = turn.then(({ own }) => own, () => before);
  turns.set(key, over);
  void over.then(() => { if (turns.get(key) === over) turns.delete(key); });
  return turn.then(({ result }) => result);
}
