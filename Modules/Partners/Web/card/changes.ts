import { isSame } from '@web/edit/patch';

/** What one entry of the journal changed. */
export interface Change { pointer: string; before: unknown; after: unknown }

/** A contact person among an entry's changes. */
export interface ContactChange { name: string; kind: 'added' | 'removed' | 'changed'; changes: Change[] }

type Fields = Record<string, unknown>;
type Person = Fields & { id: number; name: string };

/** Members that are told part by part. */
const inParts = ['visiting', 'postal', 'invoiceAddress', 'invoicing', 'eInvoice'];

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : {});
const isNothing = (value: unknown) => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
const isUnchanged = (a: unknown, b: unknown) => (isNothing(a) && isNothing(b)) || isSame(a, b);

/** The members that differ, addresses and invoicing part by part. */
export function changesOf(before: unknown, after: unknown, at = ''): Change[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(member => member !== 'contacts').flatMap(member => {
    const pointer = `${at}/${member}`;
    if (inParts.includes(member)) return changesOf(old[member], now[member], pointer);
    return isUnchanged(old[member], now[member]) ? [] : [{ pointer, before: old[member], after: now[member] }];
  });
}

const people = (value: unknown): Person[] => (fieldsOf(value)['contacts'] as Person[] | null | undefined) ?? [];

/** Who was added, removed or changed; each field by field. */
export function contactChangesOf(before: unknown, after: unknown): ContactChange[] {
  const [old, now] = [people(before), people(after)];
  const bare = ({ id: _, version: __, ...rest }: Person): Fields => rest;
  return [
    ...now.flatMap((person): ContactChange[] => {
      const was = old.find(o => o.id === person.id);
      if (!was) return [{ name: person.name, kind: 'added', changes: [] }];
      const changes = changesOf(bare(was), bare(person));
      return changes.length > 0 ? [{ name: person.name, kind: 'changed', changes }] : [];
    }),
    ...old.filter(o => now.every(n => n.id !== o.id)).map((person): ContactChange => ({ name: person.name, kind: 'removed', changes: [] })),
  ];
}

/** From which stage to which an entry led; null = it did not. */
export function stageChangeOf(before: unknown, after: unknown): { from: string | null; to: string | null } | null {
  const [from, to] = [fieldsOf(before)['stage'] ?? null, fieldsOf(after)['stage'] ?? null] as (string | null)[];
  return from === to || from === undefined || to === undefined ? null : { from, to };
}
