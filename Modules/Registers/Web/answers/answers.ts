import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { Problem } from '@web/api/problem';
import { applied, type Json, type Members, patchOf } from '@web/edit/patch';
import type { Partner } from '@web/parts/partner';
import type { Found } from '../registers';

export type RegisterAnswer = Schemas['RegisterAnswerView'];

export const answersName = 'register-answers';
export const answersKey = (company: string) => [company, answersName] as const;

/** What a register has said of a partner; null = none was asked yet. */
export const answerQuery = (company: string, number: number) => queryOptions({
  queryKey: [...answersKey(company), 'of', number],
  queryFn: ({ signal }): Promise<RegisterAnswer | null> => answer(api.GET('/api/v1/{company}/registers/answers/{number}', { params: { path: { company, number } }, signal }))
    .catch((error: unknown) => { if (error instanceof Problem && error.status === 404) return null; throw error; }),
});

export const ask = (company: string, number: number, question: Schemas['RegisterQuestion'] = {}): Promise<RegisterAnswer> =>
  answer(api.POST('/api/v1/{company}/registers/answers/{number}', { params: { path: { company, number } }, body: question }));

/** Ours stays, whatever the register says. */
export const leave = (company: string, number: number, fields: string[]): Promise<RegisterAnswer> =>
  answer(api.POST('/api/v1/{company}/registers/answers/{number}/keep', { params: { path: { company, number } }, body: { fields } }));

/** Keeps what a new partner was made from. Nobody waits for it, and when it fails the night does it. */
export function keepFilled(queries: QueryClient, company: string, { plugin, company: found }: Found, { number, country, organisationNumber }: Partner): void {
  const digits = (text: string | null) => text?.replaceAll(/[^0-9a-z]/gi, '');
  if (found.country !== country || digits(found.organisationNumber) !== digits(organisationNumber)) return;
  void ask(company, number, { plugin, filled: true }).then(kept => queries.setQueryData(answerQuery(company, number).queryKey, kept), () => undefined);
}

/** The patch that takes over what the register says of some fields. */
export const taken = (differences: RegisterAnswer['differences']): Members => differences.reduce<Members>((patch, { field, theirs }) => applied(patch, patchOf(field, theirs as Json)), {});

/** What the user saw of them on our side, as the partner is written. */
export const seen = (differences: RegisterAnswer['differences']): Members => differences.reduce<Members>((members, { field, ours }) => applied(members, patchOf(field, (ours ?? null) as Json)), {});
