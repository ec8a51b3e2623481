import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@web/api/problem';
import { applied, difference, isSame, type Json, type Members, valueAt } from './patch';

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

const isIn = (pointer: string, outer: string) => pointer === outer || pointer.startsWith(`${outer}/`);

/** The patch that sets one member. */
const patchOf = (pointer: string, value: Json): Members => pointer.split('/').slice(1).reduceRight<Json>((inner, member) => ({ [member]: inner }), value) as Members;

/**
 * What a form holds: the members as they are written, and what the server said about them. An empty text is null.
 * @param wordsOf The module's words for a code such as partner.name.required; '' = it has none.
 */
export function useForm(given: Members, error: unknown, wordsOf: (code: string) => string): Form {
  const { t } = useTranslation();
  const [start] = useState(given);
  const [members, setMembers] = useState(given);
  const latest = useRef(members);
  // Every place that a field has asked about, also one in a folded part that was drawn before.
  const asked = useRef(new Set<string>());
  const problem = error instanceof Problem ? error : undefined;
  const changes = useMemo(() => difference(start, members), [start, members]);
  const wordsAt = (pointer: string) => (problem?.errors[pointer] ?? []).map((message, i) => {
    const code = problem?.codes[pointer]?.[i] ?? '';
    return wordsOf(code) || t(`web:refused.${code}`, { defaultValue: message });
  });
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
      const here = Object.keys(problem?.errors ?? {}).filter(p => isIn(p, pointer));
      return here.length > 0 ? [...new Set(here.flatMap(wordsAt))].join(' ') : undefined;
    },
    rest: () => Object.keys(problem?.errors ?? {}).filter(p => ![...asked.current].some(pointer => isIn(p, pointer))).flatMap(wordsAt),
    refusal: problem ? wordsOf(problem.code) : '',
    changes,
    isDirty: !isSame(start, members),
    members,
  };
}
