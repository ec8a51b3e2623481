import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@web/api/problem';
import { applied, difference, isIn, isSame, type Json, type Members, patchOf, valueAt } from './patch';
import { refusedAt, wordsAt, wordsIn, type WordsOf } from './refusals';

export interface Form {
  /** A member's value, by pointer. */
  value: (pointer: string) => Json;
  text: (pointer: string) => string;
  list: (pointer: string) => string[];
  set: (pointer: string, value: Json) => void;
  /** What is wrong with a member, or with something in it; asking says that it is shown at the member. */
  error: (pointer: string) => string | undefined;
  /** What is wrong and is shown at no member. */
  rest: () => string[];
  /** The module's words for the refusal as a whole; '' = it has none. */
  refusal: string;
  /** What the user has changed, as a merge patch. */
  changes: Members;
  isDirty: boolean;
  members: Members;
}

/**
 * What a form holds: the members as they are written, and what the server said about them. An empty text is null.
 */
export function useForm(given: Members, error: unknown, wordsOf: WordsOf): Form {
  const { t } = useTranslation();
  const [start] = useState(given);
  const [members, setMembers] = useState(given);
  const latest = useRef(members);
  // Every place that a field has asked about, also one in a folded part that was drawn before.
  const asked = useRef(new Set<string>());
  const changes = useMemo(() => difference(start, members), [start, members]);
  return {
    value: pointer => valueAt(members, pointer),
    text: pointer => { const value = valueAt(members, pointer); return value === null ? '' : String(value); },
    list: pointer => (valueAt(members, pointer) as string[] | null) ?? [],
    set: (pointer, value) => {
      latest.current = applied(latest.current, patchOf(pointer, typeof value === 'string' && value.trim() === '' ? null : value));
      setMembers(latest.current);
    },
    error: pointer => {
      asked.current.add(pointer);
      return wordsIn(error, pointer, wordsOf, t);
    },
    rest: () => refusedAt(error).filter(p => ![...asked.current].some(pointer => isIn(p, pointer))).flatMap(p => wordsAt(error, p, wordsOf, t)),
    refusal: error instanceof Problem ? wordsOf(error.code) : '',
    changes,
    isDirty: !isSame(start, members),
    members,
  };
}
