import { expect, test } from 'vitest';
import { indexOf, type Place, withRow } from './place';

const numberOf = (row: { number: number }) => row.number;
const of = (...numbers: (number | null)[]) => {
  const rows: { number: number }[] = [];
  rows.length = numbers.length;
  numbers.forEach((number, i) => { if (number !== null) rows[i] = { number }; });
  return rows;
};
const at = (number: number | null, row: number): Place & { of: { number: number } } => ({ number, row, column: 2, of: { number: number ?? 0 } });
const numbers = (rows: { number: number }[]) => Array.from(rows, row => (row as { number: number } | undefined)?.number ?? null);

test('A place is where its row is, however many have come or gone above it', () => {
  expect(indexOf(at(7, 1), of(5, 7, 9), numberOf)).toBe(1);
  expect(indexOf(at(7, 1), of(1, 2, 5, 7), numberOf)).toBe(3);
  expect(indexOf(at(7, 1), of(7, 9), numberOf)).toBe(0);
});

test('When its row has gone, or is not held, it is where the row was', () => {
  expect(indexOf(at(7, 1), of(5, 9), numberOf)).toBe(1);
  expect(indexOf(at(7, 1), of(5), numberOf)).toBe(0);
  expect(indexOf(at(7, 1), of(5, null, 9), numberOf)).toBe(1);
  expect(indexOf(at(null, 2), of(5, 7, 9), numberOf)).toBe(2);
});

test('A row whose field is open stays in the list that it has left', () => {
  expect(numbers(withRow(of(5, 9), at(7, 1), numberOf))).toEqual([5, 7, 9]);
  expect(numbers(withRow(of(5), at(7, 1), numberOf))).toEqual([5, 7]);
  expect(numbers(withRow(of(5, 7), at(7, 0), numberOf))).toEqual([5, 7]);
  expect(numbers(withRow(of(5, null, 9), at(7, 1), numberOf))).toEqual([5, null, 9]);
  expect(numbers(withRow(of(5, 9), null, numberOf))).toEqual([5, 9]);
});
