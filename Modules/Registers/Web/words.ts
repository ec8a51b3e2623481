import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { isOffline, Problem } from '@web/api/problem';
import { problemText } from '@web/parts/ProblemText';
import { type Found, type Hit, leastLetters, nameOf, type Register } from './registers';

interface State {
  typed: string;
  asked: string;
  registers: Register[];
  lookup: UseQueryResult<Schemas['LookupView']>;
  read: UseMutationResult<Found, Error, Hit>;
}

/** By the API's kinds and codes: why a register did not answer. */
const reasons: Record<string, 'setUp' | 'limit'> = {
  notConfigured: 'setUp', unauthorized: 'setUp', forbidden: 'setUp', rateLimited: 'limit', 'register.notSetUp': 'setUp', 'register.rateLimited': 'limit',
};

/** Why a register did not answer a question, in words. */
export function useFailureWords(): (error: unknown, register: string) => string {
  const { t } = useTranslation('registers');
  return (error, register) => (isOffline(error) || !(error instanceof Problem) || error.status !== 503 ? problemText(error, t) : t(`failed.${reasons[error.code] ?? 'silent'}`, { register }));
}

/** How the search stands, in one sentence under its field; what fails ends in that all can be typed (R50). */
export function useSearchWords({ typed, asked, registers, lookup, read }: State): { text: string; isProblem: boolean } {
  const { t } = useTranslation('registers');
  const failed = (reason: string, register: string) => t(`failed.${reasons[reason] ?? 'silent'}`, { register });
  const problem = (...sentences: string[]) => ({ text: [...sentences, t('search.byHand')].join(' '), isProblem: true });
  const calm = (text: string) => ({ text, isProblem: false });

  if (read.isPending) return calm(t('search.reading', { name: read.variables.name }));
  if (read.error) {
    const register = registers.find(r => r.plugin === read.variables?.plugin);
    const isGone = read.error instanceof Problem && read.error.status === 404;
    return problem(isGone ? t('search.gone') : isOffline(read.error) || !(read.error instanceof Problem) ? problemText(read.error, t) : failed(read.error.code, register ? nameOf(register) : ''));
  }
  if (asked.length < leastLetters || typed !== asked) return calm(typed.length > 0 && typed.length < leastLetters ? t('search.more') : t('search.hint'));
  if (lookup.isFetching) return calm(t('search.searching'));
  if (lookup.error) return problem(problemText(lookup.error, t));
  const silent = (lookup.data?.asked ?? []).filter(a => a.problem !== null).map(a => failed(a.problem ?? '', nameOf(a)));
  const count = lookup.data?.items.length ?? 0;
  if (count > 0) return { text: [t('search.found', { count }), ...silent].join(' '), isProblem: silent.length > 0 };
  return silent.length > 0 ? problem(...silent) : calm(`${t('search.none')} ${t('search.byHand')}`);
}
