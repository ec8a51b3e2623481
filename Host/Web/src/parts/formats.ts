import { type Language, language } from '@web/i18n';

const tags: Record<Language, string> = { sv: 'sv-SE', da: 'da-DK', nb: 'nb-NO', fi: 'fi-FI', en: 'en-GB' };
const made = new Map<string, unknown>();

/** Intl's objects are slow to make and are asked for by every cell. */
function once<T>(kind: string, make: (tag: string) => T): T {
  const key = `${kind} ${language()}`;
  if (!made.has(key)) made.set(key, make(tags[language()]));
  return made.get(key) as T;
}

/** 07.03.2026, in every language (R6). */
export function day(iso: string | null | undefined): string {
  return iso ? `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}` : '';
}

/** 07.03.2026 14:05, in the reader's time zone. */
export function moment(iso: string): string {
  const at = new Date(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(at.getDate())}.${two(at.getMonth() + 1)}.${at.getFullYear()} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function amount(value: number): string {
  return once('amount', tag => new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 })).format(value);
}

export function whole(value: number): string {
  return once('whole', tag => new Intl.NumberFormat(tag)).format(value);
}

/** What stands between thousands and before decimals. */
export function separators(): { group: string; decimal: string } {
  return once('separators', tag => {
    const parts = new Intl.NumberFormat(tag).formatToParts(12345.6);
    const of = (type: string) => parts.find(p => p.type === type)?.value ?? '';
    return { group: of('group'), decimal: of('decimal') };
  });
}

/** The country's name in the user's language. */
export function country(code: string): string {
  return once('country', tag => new Intl.DisplayNames(tag, { type: 'region', fallback: 'code' })).of(code) ?? code;
}

/** A language's name in the user's language, with a capital as in lists. */
export function languageName(code: string): string {
  const name = once('languages', tag => new Intl.DisplayNames(tag, { type: 'language', fallback: 'code' })).of(code) ?? code;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Ago or ahead in words: 3 hours ago. */
export function ago(iso: string): string {
  const seconds = (Date.parse(iso) - Date.now()) / 1000;
  const [size, unit] = ([[86400, 'day'], [3600, 'hour'], [60, 'minute']] as const).find(([s]) => Math.abs(seconds) >= s) ?? [1, 'second'];
  return once('ago', tag => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })).format(Math.round(seconds / size), unit);
}

/** As many decimals as it has, up to four. */
export function figure(value: number): string {
  return once('figure', tag => new Intl.NumberFormat(tag, { maximumFractionDigits: 4 })).format(value);
}

/** How long something took, in its two largest units: 4 s, 2 min 5 s, 1 h 3 min. */
export function duration(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  const parts: [number, string][] = [[Math.floor(seconds / 3600), 'hour'], [Math.floor(seconds / 60) % 60, 'minute'], [seconds % 60, 'second']];
  const first = Math.max(0, parts.findIndex(([n]) => n > 0));
  const shown = seconds === 0 ? parts.slice(2) : parts.slice(first, first + 2).filter(([n]) => n > 0);
  return shown.map(([n, unit]) => once(unit, tag => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short' })).format(n)).join(' ');
}
