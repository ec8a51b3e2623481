import { describe, expect, it } from 'vitest';
import { changesOf, contactChangesOf, stageChangeOf } from './changes';

describe('An entry of the journal', () => {
  it('tells what differs, addresses and invoicing part by part', () => {
    const before = { tags: ['export'], postal: null, invoicing: { type: 'paper', creditDays: 20 }, coOwners: [] };
    const after = { tags: ['vip', 'export'], postal: { street: 'Box 3', city: 'Oslo' }, invoicing: { type: 'paper', creditDays: 33, eInvoice: { scheme: '0088', id: '7080000000005' } }, coOwners: null };
    expect(changesOf(before, after)).toEqual([
      { pointer: '/tags', before: ['export'], after: ['vip', 'export'] },
      { pointer: '/postal/street', before: undefined, after: 'Box 3' }, { pointer: '/postal/city', before: undefined, after: 'Oslo' },
      { pointer: '/invoicing/creditDays', before: 20, after: 33 },
      { pointer: '/invoicing/eInvoice/scheme', before: undefined, after: '0088' }, { pointer: '/invoicing/eInvoice/id', before: undefined, after: '7080000000005' },
    ]);
  });

  it('tells who was added, changed and removed', () => {
    const [anna, bo] = [{ id: 1, name: 'Anna', title: null, version: 1 }, { id: 2, name: 'Bo', version: 1 }];
    expect(contactChangesOf({ contacts: [anna, bo] }, { contacts: [{ ...anna, title: 'VD', version: 2 }, { id: 3, name: 'Cia', version: 1 }] })).toEqual([
      { name: 'Anna', kind: 'changed', changes: [{ pointer: '/title', before: null, after: 'VD' }] },
      { name: 'Cia', kind: 'added', changes: [] }, { name: 'Bo', kind: 'removed', changes: [] },
    ]);
  });

  it('tells of a stage only when it was changed (R123)', () => {
    expect(stageChangeOf({ stage: 'active' }, { stage: 'lost' })).toEqual({ from: 'active', to: 'lost' });
    expect(stageChangeOf({ stage: null, name: null }, { stage: 'prospect', name: 'A' })).toEqual({ from: null, to: 'prospect' });
    expect(stageChangeOf({ name: 'A' }, { name: 'B' })).toBeNull();
  });
});
