import { describe, expect, it } from 'vitest';
import { weighted } from './weighted';

const of = (amount: number, probability: number, currency = 'SEK') => weighted({ amount, currency }, probability)?.amount;

describe('The weighted value (R85)', () => {
  it('is value times probability', () => expect(of(100_000, 35)).toBe(35_000));
  it('is rounded half away from zero, also where binary numbers are a hair below', () => expect([of(0.5, 1), of(2.01, 50), of(1.15, 10)]).toEqual([0.01, 1.01, 0.12]));
  it('knows currencies without decimals', () => expect(of(1_001, 50, 'ISK')).toBe(501));
  it('is not known without both', () => expect([weighted(null, 50), weighted({ amount: 1, currency: 'SEK' }, null)]).toEqual([null, null]));
});
