import { describe, expect, it } from 'vitest';
import { judgedLines, type Line, netOf, totalOf, writtenLines } from './lines';

const line = (change: Partial<Line>): Line => ({ row: 1, id: null, text: 'Pall', quantity: 1, price: 100, discount: null, ...change });

describe('The lines of an order', () => {
  it('are each rounded as the server does, midpoint away from zero, so that they add up to the total', () => {
    expect(netOf(line({ price: 1.005 }), 'SEK', 0)).toBe(1.01);
    expect(netOf(line({ quantity: 3, price: 33.335, discount: 10 }), 'SEK', 0)).toBe(90);
    expect(netOf(line({ price: 99.5 }), 'ISK', 0)).toBe(100);
    expect(totalOf([line({ price: 0.1 }), line({ price: 0.2 })], 'SEK', 0)).toBe(0.3);
  });

  it('take the customer’s usual discount where none is written', () => {
    expect(netOf(line({}), 'SEK', 15)).toBe(85);
    expect(netOf(line({ discount: 0 }), 'SEK', 15)).toBe(100);
  });

  it('leave out rows that nothing was typed into, and say nothing of a discount that is not written', () => {
    expect(writtenLines([line({ id: 4, discount: 5 }), line({}), line({ text: ' ', price: null })], 'SEK')).toEqual([
      { id: 4, text: 'Pall', quantity: 1, unitPrice: { amount: 100, currency: 'SEK' }, discountPercent: 5 },
      { text: 'Pall', quantity: 1, unitPrice: { amount: 100, currency: 'SEK' } },
    ]);
  });

  it('can be judged before they are finished', () => {
    expect(judgedLines([line({ text: '' }), line({ quantity: null })])).toEqual([line({ text: '–' })]);
  });
});
