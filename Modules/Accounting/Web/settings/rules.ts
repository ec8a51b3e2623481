import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';

export type Rules = Schemas['PushSettingsView'];
export type Rule = Schemas['PushRule'];
export type Balances = Schemas['AccountingSettingsView'];

/** What both sides have of a customer, in the order of the form. */
export const fields = ['name', 'organisationNumber', 'vatNumber', 'address', 'email', 'invoiceEmail', 'phone', 'website', 'creditLimit', 'owner'] as const;
export const wins = ['accounting', 'crm', 'newest'] as const;

export const readRules = (company: string, signal?: AbortSignal): Promise<Rules> => answer(api.GET('/api/v1/{company}/accounting/rules', { params: { path: { company } }, signal: signal ?? null }));
export const readBalances = (company: string, signal?: AbortSignal): Promise<Balances> => answer(api.GET('/api/v1/{company}/accounting/settings', { params: { path: { company } }, signal: signal ?? null }));

export const rulesQuery = (company: string) => queryOptions({ queryKey: [company, 'accounting-rules'], queryFn: ({ signal }) => readRules(company, signal) });
export const balancesQuery = (company: string) => queryOptions({ queryKey: [company, 'accounting-settings'], queryFn: ({ signal }) => readBalances(company, signal) });
