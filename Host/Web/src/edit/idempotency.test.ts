import { expect, it } from 'vitest';
import { idempotencyKeys } from './idempotency';

it('The same content has the same key, other content another, and another form keys of its own', () => {
  const keyOf = idempotencyKeys();
  const first = keyOf({ title: 'Lager' });
  const second = keyOf({ title: 'Butik' });
  expect(second === first).toBe(false);
  expect(keyOf({ title: 'Lager' })).toBe(first);
  expect(idempotencyKeys()({ title: 'Lager' }) === first).toBe(false);
});
