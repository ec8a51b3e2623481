import { describe, expect, it } from 'vitest';
import { applied, difference, isSame, only, pointers, reversed, valueAt } from './patch';

const before = { name: 'Nordvik', tags: ['vip'], stage: null, addresses: { visiting: { street: 'Storgatan 1', city: 'Lund' }, postal: null } };
const after = { name: 'Nordvik', tags: ['vip', 'new'], stage: 'lost', addresses: { visiting: { street: 'Storgatan 1', city: 'Malmö' }, postal: { street: 'Box 3', city: 'Lund' } } };
const patch = { tags: ['vip', 'new'], stage: 'lost', addresses: { visiting: { city: 'Malmö' }, postal: { street: 'Box 3', city: 'Lund' } } };

describe('A merge patch', () => {
  it('names only what changed, and makes the second of the first', () => {
    expect(difference(before, after)).toEqual(patch);
    expect(applied(before, patch)).toEqual(after);
    expect(difference(before, before)).toEqual({});
  });

  it('is empty when a form has only been looked into', () => {
    expect(difference(before, { ...before, addresses: { ...before.addresses, postal: { street: null, city: null } } })).toEqual({});
  });

  it('is taken back by the values before, of exactly its members', () => {
    const back = reversed(patch, before);
    expect(back).toEqual({ tags: ['vip'], stage: null, addresses: { visiting: { city: 'Lund' }, postal: null } });
    expect(isSame(applied(after, back), before)).toBe(true);
  });

  it('tells its members as pointers, and can be narrowed to some', () => {
    expect(pointers(patch)).toEqual(['/tags', '/stage', '/addresses/visiting/city', '/addresses/postal/street', '/addresses/postal/city']);
    expect(valueAt(before, '/addresses/visiting/city')).toBe('Lund');
    expect(valueAt(before, '/addresses/postal/city')).toBeNull();
    expect(only(patch, ['/stage', '/addresses/visiting/city'])).toEqual({ stage: 'lost', addresses: { visiting: { city: 'Malmö' } } });
  });
});
