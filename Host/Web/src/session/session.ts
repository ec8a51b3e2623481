import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answer, api, keepCsrf, type Schemas } from '@web/api/client';
import { Problem } from '@web/api/problem';

export type Session = Schemas['SessionView'];

export const sessionKey = ['session'] as const;

/** Null = nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  staleTime: Infinity,
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await answer(api.GET('/api/v1/session'));
      keepCsrf(session.csrf);
      return session;
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
});

/** Who is signed in; only below pages that need somebody. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Problem(401);
  return data;
}

/** The slug of the company whose pages are open. */
export function useCompany(): string {
  return (useParams({ strict: false }) as { company?: string }).company ?? '';
}

/** The signed-in user's role in the open company. */
export function useRole(): Schemas['Role'] | undefined {
  const company = useCompany();
  return useSession().companies.find(c => c.slug === company)?.role;
}

/** What the signed-in user may do in the open company. */
export function useMayWrite(): boolean {
  const role = useRole();
  return role !== undefined && role !== 'reader';
}

/** Who may also change the company's own lists. */
export function useIsAdmin(): boolean {
  const company = useCompany();
  return useSession().companies.some(c => c.slug === company && c.role === 'admin');
}

/** Signs in by whatever call gives a session, and keeps what it answers. */
export function useBeginSession<T>(call: (given: T) => Promise<{ data?: Session }>, onBegun?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: T) => answer(call(given)),
    onSuccess: session => {
      keepCsrf(session.csrf);
      client.setQueryData(sessionKey, session);
      onBegun?.();
    },
  });
}
