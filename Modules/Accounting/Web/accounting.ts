import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type ListQuery, type Schemas } from '@web/api/client';
import { useCompany } from '@web/session/session';

/** As the document calls it; another module has a ConnectionView too. */
export type Connection = Awaited<ReturnType<typeof readConnections>>[number];
export type Run = Schemas['RunView'];
export type Invoice = Schemas['InvoiceView'];
export type Customer = Schemas['LedgerCustomerView'];

/** What the pages know of its states and reasons; another one is shown as the server calls it. */
export const invoiceStates = ['draft', 'open', 'paid', 'credit', 'cancelled'] as const;
export const reviews = ['noOrganisationNumber', 'noPartner', 'severalPartners', 'partnerTaken'] as const;

const readConnections = async (company: string, signal?: AbortSignal) => (await answer(api.GET('/api/v1/{company}/accounting', { params: { path: { company } }, signal: signal ?? null }))).items;

export const connectionsQuery = (company: string) => queryOptions({ queryKey: [company, 'accounting-connections'], queryFn: ({ signal }) => readConnections(company, signal) });

/** Changes of one connection; what the server makes of it is shown at once. */
export function useConnectionChange(number: number) {
  const company = useCompany();
  const queries = useQueryClient();
  const onSuccess = (changed: Connection) => queries.setQueryData(connectionsQuery(company).queryKey, before => before?.map(c => (c.number === number ? changed : c)));
  const path = { company, number };
  const change = useMutation({ onSuccess, mutationFn: (body: { paused?: boolean; everyMinutes?: number }) => answer(api.PATCH('/api/v1/{company}/accounting/{number}', { params: { path }, body })) });
  const run = useMutation({ onSuccess, mutationFn: (whole: boolean) => answer(api.POST('/api/v1/{company}/accounting/{number}/run', { params: { path, query: { whole } } })) });
  return { change, run };
}

export const listInvoices = (company: string, query: ListQuery, signal: AbortSignal) =>
  answer(api.GET('/api/v1/{company}/invoices', { params: { path: { company }, query: query as object }, signal }));

export const listCustomers = (company: string, query: ListQuery, signal: AbortSignal) =>
  answer(api.GET('/api/v1/{company}/accounting/customers', { params: { path: { company }, query: query as object }, signal }));
