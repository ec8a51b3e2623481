import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { Problem } from '@web/api/problem';
import type { Members } from '@web/edit/patch';

type Customer = Schemas['LedgerCustomerView'];

/** The customer of an accounting system that a partner is made of; null = of none. */
export const accountingQuery = (company: string, number: number | null) => queryOptions({
  queryKey: [company, 'accounting-customers', number],
  enabled: number !== null,
  queryFn: async ({ signal }): Promise<Customer> => {
    const { items } = await answer(api.GET('/api/v1/{company}/accounting/customers', { params: { path: { company }, query: { number: `${number}` } as object }, signal }));
    if (!items[0]) throw new Problem(404);
    return items[0];
  },
});

/** What is known of it there, as fields of a partner. */
export function fieldsOf({ name, organisationNumber, city, contact }: Customer, country: string): Members {
  const { street, postalCode } = contact;
  const there = contact.country ?? country;
  return {
    name, organisationNumber, country: there, vatNumber: contact.vatNumber, phone: contact.phone, email: contact.email, website: contact.website,
    ...(street || city ? { addresses: { visiting: { street, postalCode, city, country: there } } } : {}),
    ...(contact.invoiceEmail ? { invoicing: { email: contact.invoiceEmail } } : {}),
  };
}

/** Says that the customer is this partner, which gives it its balance and its invoices. */
export const link = (company: string, number: number, partner: number) => answer(api.POST('/api/v1/{company}/accounting/customers/{number}/link', { params: { path: { company, number } }, body: { partner } }));
