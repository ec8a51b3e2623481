/** Plain JSON, as the API has it. */
export type Json = string | number | boolean | null | Json[] | { [member: string]: Json };
export type Members = { [member: string]: Json };

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
/** An object in which nothing is said is the same as none. */
export function isSame(a: unknown, b: unknown): boolean {
  if ((isObject(a) || isObject(b)) && (isObject(a) || (a ?? null) === null) && (isObject(b) || (b ?? null) === null)) {
    const [x, y] = [(a ?? {}) as Members, (b ?? {}) as Members];
    return [...new Set([...Object.keys(x), ...Object.keys(y)])].every(key => isSame(x[key], y[key]));
  }
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** The least JSON Merge Patch (RFC 7396) that makes the second of the first; a list is replaced as a whole. */
export function difference(from: Members, to: Members): Members {
  const patch: Members = {};
  for (const [member, value] of Object.entries(to)) {
    const old = from[member] ?? null;
    if (isSame(old, value)) continue;
    patch[member] = isObject(old) && isObject(value) ? difference(old, value) : value;
  }
  return patch;
}

/** The thing with a merge patch applied. */
export function applied(to: Members, patch: Members): Members {
  const made: Members = { ...to };
  for (const [member, value] of Object.entries(patch)) {
    const old = made[member];
    made[member] = isObject(value) ? applied(isObject(old) ? old : {}, value) : value;
  }
  return made;
}

/** The patch that takes another one back: exactly its members, as they were before. */
export function reversed(patch: Members, before: Members): Members {
  return Object.fromEntries(Object.entries(patch).map(([member, value]) => {
    const old = before[member] ?? null;
    return [member, isObject(value) && isObject(old) ? reversed(value, old) : old];
  }));
}

/** JSON pointers of what a patch changes: /name, /addresses/visiting/city. */
export function pointers(patch: Members, from = ''): string[] {
  return Object.entries(patch).flatMap(([member, value]) => (isObject(value) && Object.keys(value).length > 0 ? pointers(value, `${from}/${member}`) : [`${from}/${member}`]));
}

export function valueAt(thing: Members, pointer: string): Json {
  return pointer.split('/').slice(1).reduce<Json>((value, member) => (isObject(value) ? value[member] ?? null : null), thing);
}

/** Whether a pointer leads to what another one leads to, or into it. */
export const isIn = (pointer: string, outer: string): boolean => pointer === outer || pointer.startsWith(`${outer}/`);

/** The patch that sets one member: /customer/reference and a value. */
export const patchOf = (pointer: string, value: Json): Members => pointer.split('/').slice(1).reduceRight<Json>((inner, member) => ({ [member]: inner }), value) as Members;

/** Only those members of a patch that the pointers name. */
export function only(patch: Members, wanted: readonly string[]): Members {
  const kept: Members = {};
  for (const pointer of pointers(patch).filter(p => wanted.includes(p))) {
    const path = pointer.split('/').slice(1);
    const last = path.pop()!;
    const holder = path.reduce<Members>((inside, member) => { inside[member] ??= {}; return inside[member] as Members; }, kept);
    holder[last] = valueAt(patch, pointer);
  }
  return kept;
}
