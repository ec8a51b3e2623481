import { describe, expect, it } from 'vitest';
import type { CursorPages } from '@web/list/useCursorPages';
import type { Case } from '../cases';
import { placed, placeOf } from './moves';

const card = (number: number) => ({ number }) as Case;
const column = (...pages: number[][]): CursorPages<Case> => ({ pages: pages.map(items => ({ items: items.map(card), next: null })), pageParams: pages.map(() => null) });
const numbers = (data: CursorPages<Case>) => data.pages.map(page => page.items.map(c => c.number));

describe('A card that is put back', () => {
  it('stands where it stood', () => {
    const before = column([1, 2], [3, 4, 5]);
    expect(placeOf(before, 4)).toEqual({ page: 1, at: 1 });
    expect(numbers(placed(column([1, 2], [3, 5]), card(4), placeOf(before, 4)))).toEqual([[1, 2], [3, 4, 5]]);
  });

  it('leaves the others as they are by now, and is there once', () => {
    const place = placeOf(column([1, 2, 3]), 2);
    expect(numbers(placed(column([9, 3]), card(2), place))).toEqual([[9, 2, 3]]);
    expect(numbers(placed(column([2, 9, 3]), card(2), place))).toEqual([[9, 2, 3]]);
    expect(numbers(placed(column([]), card(2), place))).toEqual([[2]]);
  });

  it('stands in the last page that there is, or first where nothing was known of it', () => {
    expect(numbers(placed(column([1]), card(5), placeOf(column([1], [5]), 5)))).toEqual([[5, 1]]);
    expect(placeOf(undefined, 5)).toEqual({ page: 0, at: 0 });
  });
});
