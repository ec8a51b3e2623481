/** A place in a list: the row's number, which stays while rows come and go around it, and where it was last. */
export interface Place { number: number | null; row: number; column: number }

export const nowhere: Place = { number: null, row: -1, column: -1 };

/** Where the row is now; when it is not among those that are held, where it was. */
export function indexOf<T>({ number, row }: Place, rows: readonly T[], numberOf: (row: T) => number): number {
  const isIt = (at: T | undefined) => at !== undefined && numberOf(at) === number;
  if (number === null || isIt(rows[row])) return Math.min(row, rows.length - 1);
  const found = rows.findIndex(isIt);
  return found >= 0 ? found : Math.min(row, rows.length - 1);
}

/** The rows with this one, at its place, though it has left the list. */
export function withRow<T>(rows: T[], place: Place & { of: T } | null, numberOf: (row: T) => number): T[] {
  // Where no row is held nothing is known to have left.
  if (!place || (place.row < rows.length && rows[place.row] === undefined)) return rows;
  const at = indexOf(place, rows, numberOf);
  if (rows[at] !== undefined && numberOf(rows[at]) === place.number) return rows;
  const all = rows.slice();
  all.splice(place.row, 0, place.of);
  return all;
}
