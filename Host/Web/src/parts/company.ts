import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { useCompany } from '@web/session/session';

export type Profile = Schemas['ProfileView'];
export type Department = Schemas['Department'];

export const readProfile = (company: string): Promise<Profile> => answer(api.GET('/api/v1/{company}/company', { params: { path: { company } } }));

/** The company's name, currency and rates, and when it warns of credit: seldom changed. Read to the end also when the field that asked is gone: its amount waits for it. */
export const profileQuery = (company: string) => queryOptions({ queryKey: [company, 'company'], staleTime: 60_000, queryFn: () => readProfile(company) });

export const useProfile = () => useQuery(profileQuery(useCompany()));

/** The currencies that the company counts in, its own first; none while they are not known. */
export const currenciesOf = (profile: Profile | undefined): string[] => (profile ? [profile.baseCurrency, ...Object.keys(profile.rates)] : []);

/** The company's parts, also those that are closed. */
export function useDepartments() {
  const company = useCompany();
  return useQuery({
    queryKey: [company, 'departments'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/departments', { params: { path: { company } }, signal }))).items,
  });
}
