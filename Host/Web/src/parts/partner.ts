import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { useCompany } from '@web/session/session';

export type Partner = Schemas['PartnerView'];

/** A partner as its card has it, with limit, balance and owner; null = none is asked for. */
export const partnerQuery = (company: string, number: number | null) => queryOptions({
  queryKey: [company, 'partners', number],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/partners/{number}', { params: { path: { company, number: number! } }, signal })),
  enabled: number !== null,
});

export const usePartner = (number: number | null) => useQuery(partnerQuery(useCompany(), number));
