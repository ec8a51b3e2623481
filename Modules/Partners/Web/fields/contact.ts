import { queryOptions } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import type { Members } from '@web/edit/patch';
import type { Editable } from '@web/edit/saving';
import { useCompany } from '@web/session/session';

export type Contact = Schemas['ContactView'];

export const contactsQuery = (company: string, number: number) => queryOptions({
  queryKey: [company, 'partners', number, 'contacts'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/partners/{number}/contacts', { params: { path: { company, number } }, signal }))).items,
});

export const writtenContact = (c: Contact): Members => ({ name: c.name, title: c.title, email: c.email, phone: c.phone, primary: c.primary, active: c.active });

/** A contact person as something that forms change. */
export function useContactThing(contact: Contact, number: number): Editable<Contact> {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const path = { company, number, id: contact.id };
  return {
    company,
    key: [company, 'partners', number, 'contacts', contact.id],
    name: contact.name,
    read: () => answer(api.GET('/api/v1/{company}/partners/{number}/contacts/{id}', { params: { path } })),
    write: (patch, ifMatch) => answer(api.PATCH('/api/v1/{company}/partners/{number}/contacts/{id}', { params: { path, header: { 'If-Match': ifMatch } }, body: patch as Schemas['ContactFields'] })),
    written: writtenContact,
    label: pointer => t(`contact.field.${pointer.slice(1)}`),
    words: (_, value) => (typeof value === 'boolean' ? t(value ? 'yes' : 'no') : String(value ?? '')),
  };
}
