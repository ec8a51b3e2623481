import { expect, it } from 'vitest';
import { Problem } from '@web/api/problem';
import { redo, remember, type Step, undo } from './undo';

let companies = 0;

/** What was done, in order, by steps that take a while. */
function steps() {
  const company = `test-${++companies}`;
  const done: string[] = [];
  const errors: unknown[] = [];
  const later = () => new Promise(resolve => setTimeout(resolve, 2));
  const step = (name: string, back = true, error?: () => unknown): Step => ({
    back: async () => {
      await later();
      const wrong = error?.();
      if (wrong) throw wrong;
      done.push(`${back ? '-' : '+'}${name}`);
      return step(name, !back);
    },
    failed: wrong => errors.push(wrong),
  });
  return { company, done, errors, step, later };
}

it('Undos that are asked for at once take back one change after the other, none lost', async () => {
  const { company, done, step } = steps();
  for (const name of ['A', 'B', 'C']) remember(company, step(name));
  await Promise.all([undo(company), undo(company), undo(company), undo(company)]);
  expect(done).toEqual(['-C', '-B', '-A']);
  await Promise.all([redo(company), redo(company), undo(company), redo(company)]);
  expect(done.slice(3)).toEqual(['+A', '+B', '-B', '+B']);
});

it('A change that is still on its way is taken back first when it was asked for last', async () => {
  const { company, done, step, later } = steps();
  remember(company, later().then(later).then(() => step('slow')));
  remember(company, step('fast'));
  await Promise.all([undo(company), undo(company)]);
  expect(done).toEqual(['-fast', '-slow']);
});

it('A change that was not made is none: the one before it is taken back', async () => {
  const { company, done, step, later } = steps();
  remember(company, step('A'));
  remember(company, later().then(() => Promise.reject(new Problem(422))));
  remember(company, later().then(() => null));
  await undo(company);
  expect(done).toEqual(['-A']);
});

it('What could not be taken back for now is the next that is, and what was refused is passed over; both are told', async () => {
  const { company, done, errors, step } = steps();
  let isDown = true;
  remember(company, step('A'));
  remember(company, step('refused', true, () => new Problem(409)));
  remember(company, step('B', true, () => (isDown ? new Problem(0) : null)));
  await Promise.all([undo(company), undo(company)]);
  expect([done, errors.length]).toEqual([[], 2]);
  isDown = false;
  await Promise.all([undo(company), undo(company), undo(company)]);
  expect([done, errors.length]).toEqual([['-B', '-A'], 3]);
});

it('The step of a toast is taken back once, whatever was taken back before', async () => {
  const { company, done, step } = steps();
  const [a, b] = [step('A'), step('B')];
  remember(company, a);
  remember(company, b);
  await Promise.resolve();
  await Promise.all([undo(company, a), undo(company, a), undo(company), undo(company)]);
  expect(done).toEqual(['-A', '-B']);
});
