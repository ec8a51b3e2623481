import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { inLanguage } from '@web/parts/plugins';
import { useCompany } from '@web/session/session';

export type Register = Schemas['RegisterView'];
export type Hit = Schemas['HitView'];
export type Found = Schemas['RegisterCompanyView'];

export const nameOf = (register: Pick<Register, 'plugin' | 'names'>): string => inLanguage(register.names) ?? register.plugin;

const registersQuery = (company: string) => queryOptions({
  queryKey: [company, 'registers'],
  staleTime: 60_000,
  // Without registers everything is typed, so a list of them that cannot be read stops nobody.
  queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/registers', { params: { path: { company } }, signal })).then(page => page.items, (): Register[] => []),
});

/** The registers that the company has switched on. What asks for them appears together with them. */
export const useRegisters = (): Register[] => useSuspenseQuery(registersQuery(useCompany())).data;

export const serves = (register: Register, country: string): boolean => register.countries.length === 0 || register.countries.includes(country);

/** Fewer letters say nothing yet, and the registers refuse them. */
export const leastLetters = 2;

/** Hits of all registers of a country. Who types on cancels the question before. */
export const lookupQuery = (company: string, country: string, words: string) => queryOptions({
  queryKey: [company, 'registers', 'lookup', country, words],
  enabled: words.length >= leastLetters,
  staleTime: 60_000,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/registers/lookup', { params: { path: { company }, query: { country, q: words } }, signal })),
});

export const readFound = (company: string, { plugin, country, organisationNumber }: Hit): Promise<Found> =>
  answer(api.GET('/api/v1/{company}/registers/{plugin}/{organisationNumber}', { params: { path: { company, plugin, organisationNumber }, query: { country } } }));
