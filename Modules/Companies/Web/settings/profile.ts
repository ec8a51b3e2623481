import { useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { useCompany } from '@web/session/session';

export type Profile = Schemas['ProfileView'];

export const readProfile = (company: string, signal?: AbortSignal): Promise<Profile> => answer(api.GET('/api/v1/{company}/company', { params: { path: { company } }, signal: signal ?? null }));

export function useProfile() {
  const company = useCompany();
  return useQuery({ queryKey: [company, 'company'], queryFn: ({ signal }) => readProfile(company, signal) });
}

export const timeZones = ['Europe/Stockholm', 'Europe/Copenhagen', 'Europe/Oslo', 'Europe/Helsinki', 'Atlantic/Reykjavik', 'Atlantic/Faroe', 'America/Nuuk', 'Europe/Berlin', 'Europe/London', 'Europe/Tallinn', 'Europe/Riga', 'Europe/Vilnius', 'Europe/Warsaw', 'UTC'];

export const creditCounts = ['balance', 'balanceAndUninvoiced', 'balanceUninvoicedAndOrder'] as const satisfies Schemas['CreditCounts'][];
