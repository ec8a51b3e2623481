import type { Json, Members } from '@web/edit/patch';
import { minorUnits } from '@web/parts/currencies';
import type { Order } from './orders';

/** A line as a form holds it. What is not filled in is null: a new line without a discount gets that of the customer's tags (R45). */
export interface Line { /** Tells the rows of the form apart. */ row: number; id: number | null; text: string; quantity: number | null; price: number | null; discount: number | null }

let rows = 0;
export const newLine = (): Line => ({ row: --rows, id: null, text: '', quantity: 1, price: null, discount: null });
export const isBlank = (line: Line): boolean => line.id === null && line.text.trim() === '' && line.price === null;

export const linesOf = (order: Order): Line[] => order.lines.map(line => ({ row: line.id, id: line.id, text: line.text, quantity: line.quantity, price: line.unitPrice.amount, discount: line.discountPercent }));

/** As the API takes them; a row that nothing was typed into is none. */
export const writtenLines = (lines: Line[], currency: string): Json[] => lines.filter(line => !isBlank(line)).map(line => ({
  ...(line.id === null ? {} : { id: line.id }),
  text: line.text, quantity: line.quantity, unitPrice: { amount: line.price ?? 0, currency },
  ...(line.discount === null ? {} : { discountPercent: line.discount }),
} satisfies Members));

/** Those that can be judged though they are not finished: for asking what the limit would say. */
export const judgedLines = (lines: Line[]): Line[] => lines.filter(line => !isBlank(line) && (line.quantity ?? 0) > 0).map(line => ({ ...line, text: line.text.trim() || '–' }));

/** Midpoint away from zero, as the server rounds. The figure is first cut to what a decimal would have, so that 1.005 is not 1.00499…. */
function rounded(value: number, places: number): number {
  const scale = 10 ** places;
  return Math.sign(value) * Math.round(Number((Math.abs(value) * scale).toPrecision(15))) / scale;
}

/** What a line is worth, the same as the server will say. */
export const netOf = (line: Line, currency: string, usualDiscount: number): number =>
  rounded((line.quantity ?? 0) * (line.price ?? 0) * (100 - (line.discount ?? usualDiscount)) / 100, minorUnits(currency));

export const totalOf = (lines: Line[], currency: string, usualDiscount: number): number =>
  rounded(lines.reduce((sum, line) => sum + netOf(line, currency, usualDiscount), 0), minorUnits(currency));
