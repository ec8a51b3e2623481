import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { Problem } from '@web/api/problem';
import { redo, undo } from '@web/operations/undo';
import type { Members } from './patch';
import { type Editable, save } from './saving';

interface Firm { version: number; phone: string | null; email: string | null; stage: string; probability: number }

let companies = 0;

/** A thing on a server that takes its time, and checks the version as the real one. */
function firm() {
  const company = `firm-${++companies}`;
  const queries = new QueryClient();
  let stored: Firm = { version: 1, phone: '1', email: 'a', stage: 'new', probability: 10 };
  let isDown = false;
  const later = () => new Promise(resolve => setTimeout(resolve, 2));
  const change = (patch: Members): Firm => {
    // Something follows from something else, as on the server.
    stored = { ...stored, ...patch, ...('stage' in patch ? { probability: 100 } : {}), version: stored.version + 1 } as Firm;
    return stored;
  };
  const thing: Editable<Firm> = {
    company, key: [company, 'firm'], name: 'Nordvik',
    read: async () => { await later(); return stored; },
    write: async (patch, ifMatch) => {
      await later();
      if (isDown) throw new Problem(0);
      if (ifMatch !== `"${stored.version}"`) throw new Problem(412);
      return change(patch);
    },
    written: ({ version: _, ...members }) => members,
    label: pointer => pointer, words: (_, value) => String(value),
  };
  queries.setQueryData(thing.key, stored);
  return {
    company, thing,
    seen: () => queries.getQueryData<Firm>(thing.key)!,
    save: (patch: Members, seen: Firm) => save(queries, thing, patch, seen),
    colleague: change,
    stored: () => stored,
    down: (is: boolean) => { isDown = is; },
  };
}

it('Two changes of the same that are made at once are no conflict of one’s own, nor is what followed from the first', async () => {
  const { save: saveOf, seen, stored } = firm();
  const first = seen();
  expect(await Promise.all([saveOf({ phone: '2' }, first), saveOf({ phone: '3', stage: 'won' }, first), saveOf({ probability: 50 }, first)])).toEqual([null, null, null]);
  expect(stored()).toMatchObject({ phone: '3', stage: 'won', probability: 50, version: 4 });
});

it('A change that waits behind another asks when a colleague has changed the same, though the first one brought that along', async () => {
  const { save: saveOf, seen, stored, colleague } = firm();
  const first = seen();
  colleague({ email: 'colleague', stage: 'lost' });
  const [phone, email] = await Promise.all([saveOf({ phone: '2' }, first), saveOf({ email: 'mine' }, first)]);
  expect(phone).toBeNull();
  expect(email).toMatchObject({ pointers: ['/email'], seen: { email: 'a' }, theirs: { email: 'colleague', phone: '2' } });
  expect(stored()).toMatchObject({ phone: '2', email: 'colleague' });
});

it('So does one that waits behind one that asked, and each is asked for what it changes only', async () => {
  const { save: saveOf, seen, stored, colleague } = firm();
  const first = seen();
  colleague({ email: 'colleague' });
  const answers = await Promise.all([saveOf({ phone: '2' }, first), saveOf({ email: 'mine' }, first), saveOf({ stage: 'won', phone: '3' }, first), saveOf({ email: 'again', stage: 'lost' }, first)]);
  expect(answers.map(conflict => conflict?.pointers ?? null)).toEqual([null, ['/email'], null, ['/email']]);
  expect(stored()).toMatchObject({ phone: '3', email: 'colleague', stage: 'won' });
});

it('What the user saw meanwhile is not asked about', async () => {
  const { save: saveOf, seen, stored, colleague } = firm();
  const first = seen();
  colleague({ email: 'colleague' });
  const slow = saveOf({ phone: '2' }, first);
  const waiting = slow.then(() => Promise.all([saveOf({ stage: 'won' }, seen()), saveOf({ email: 'mine' }, seen())]));
  expect(await waiting).toEqual([null, null]);
  expect(stored()).toMatchObject({ email: 'mine', phone: '2', stage: 'won' });
});

it('Saves are taken back in the order that leads back, also when it is asked for all at once, and done again', async () => {
  const { company, save: saveOf, seen, stored } = firm();
  const first = seen();
  await Promise.all([saveOf({ phone: '2' }, first), saveOf({ phone: '3' }, first), saveOf({ email: 'b' }, first)]);
  await Promise.all([undo(company), undo(company)]);
  expect(stored()).toMatchObject({ phone: '2', email: 'a' });
  await Promise.all([undo(company), redo(company), redo(company)]);
  expect(stored()).toMatchObject({ phone: '3', email: 'a' });
});

it('A save and the undo of the one before it are no conflict', async () => {
  const { company, save: saveOf, seen, stored } = firm();
  await saveOf({ phone: '2' }, seen());
  const [, conflict] = await Promise.all([undo(company), Promise.resolve().then(() => saveOf({ phone: '4' }, seen()))]);
  expect([conflict, stored().phone]).toEqual([null, '4']);
});

it('An undo that the line was down for is not lost', async () => {
  const { company, save: saveOf, seen, stored, down } = firm();
  await saveOf({ phone: '2' }, seen());
  down(true);
  await undo(company);
  down(false);
  expect([stored().phone, seen().phone]).toEqual(['2', '2']);
  await undo(company);
  expect([stored().phone, seen().phone]).toEqual(['1', '1']);
});

it('What a colleague has changed since is not taken back, and the change before it is', async () => {
  const { company, save: saveOf, seen, stored, colleague } = firm();
  await saveOf({ email: 'b' }, seen());
  await saveOf({ phone: '2' }, seen());
  colleague({ phone: '9' });
  await Promise.all([undo(company), undo(company)]);
  expect(stored()).toMatchObject({ phone: '9', email: 'a' });
});
