import type { TFunction } from 'i18next';
import { Problem } from '@web/api/problem';
import { isIn } from './patch';

/** A module's words for a code such as partner.name.required; '' = it has none. */
export type WordsOf = (code: string) => string;

/** The places in what was sent that were refused. */
export const refusedAt = (error: unknown): string[] => (error instanceof Problem ? Object.keys(error.errors) : []);

/** What is wrong at one place: in the module's words, in those that all pages have, or in the server's. */
export function wordsAt(error: unknown, place: string, wordsOf: WordsOf, t: TFunction): string[] {
  if (!(error instanceof Problem)) return [];
  return (error.errors[place] ?? []).map((message, i) => {
    const code = error.codes[place]?.[i] ?? '';
    return wordsOf(code) || t(`web:refused.${code}`, { defaultValue: message });
  });
}

/** What is wrong with a member or with something in it; undefined = nothing. */
export function wordsIn(error: unknown, pointer: string, wordsOf: WordsOf, t: TFunction): string | undefined {
  return [...new Set(refusedAt(error).filter(place => isIn(place, pointer)).flatMap(place => wordsAt(error, place, wordsOf, t)))].join(' ') || undefined;
}
