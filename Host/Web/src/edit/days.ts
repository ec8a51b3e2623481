/** A day as ISO has it. */
const iso = (year: number, month: number, date: number): string | null => {
  const at = new Date(Date.UTC(year, month - 1, date));
  return year >= 1900 && at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? at.toISOString().slice(0, 10) : null;
};
const fullYear = (written: string): number => (written.length <= 2 ? 2000 + Number(written) : Number(written));

/** Today where the user is. */
export function today(): string {
  const now = new Date();
  return iso(now.getFullYear(), now.getMonth() + 1, now.getDate())!;
}

export function addDays(from: string, days: number): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The day that somebody means by 07.03.2026, 7.3, 070326, 7/3/26, 2026-03-07, +3 or a word for today or tomorrow; undefined = not understood.
 * @param words The user's words for today, then for tomorrow.
 */
export function dayOf(written: string, from: string, words: readonly [today: string, tomorrow: string]): string | undefined {
  const text = written.trim().toLowerCase();
  const word = words.findIndex(w => w.split(' ').includes(text) || w === text);
  if (word >= 0) return addDays(from, word);
  const ahead = /^([+-]\d{1,4})$/.exec(text);
  if (ahead) return addDays(from, Number(ahead[1]));
  const asIso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (asIso) return iso(Number(asIso[1]), Number(asIso[2]), Number(asIso[3])) ?? undefined;
  const parts = /^(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{2}|\d{4}))?\.?$/.exec(text) ?? /^(\d{2})(\d{2})(\d{2}|\d{4})$/.exec(text);
  if (!parts) return undefined;
  return iso(parts[3] ? fullYear(parts[3]) : Number(from.slice(0, 4)), Number(parts[2]), Number(parts[1])) ?? undefined;
}
