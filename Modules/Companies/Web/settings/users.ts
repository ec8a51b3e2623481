import { useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { useCompany } from '@web/session/session';

export type Member = Schemas['MemberView'];

/** What a company can make somebody, in the order of how much they may. */
export const roles = ['admin', 'seller', 'reader'] as const satisfies Schemas['Role'][];

export function useMembers() {
  const company = useCompany();
  return useQuery({
    queryKey: [company, 'users'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/users', { params: { path: { company } }, signal }))).items,
  });
}
