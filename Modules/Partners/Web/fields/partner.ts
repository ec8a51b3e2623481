import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import type { Members } from '@web/edit/patch';
import type { Editable } from '@web/edit/saving';
import { useCompany } from '@web/session/session';
import { type Partner, partnerQuery, useChoices, useUsers } from '../partners';
import { usePartnerWords } from './words';

/** The members that can be written, as they are written; what is only read is not among them. */
export function writtenPartner(p: Partner): Members {
  return {
    name: p.name, country: p.country, organisationNumber: p.organisationNumber, vatNumber: p.vatNumber, relations: p.relations, stage: p.stage?.key ?? null,
    creditLimit: p.creditLimit && { ...p.creditLimit }, tags: p.tags, owner: p.owner?.id ?? null, coOwners: p.coOwners.map(o => o.id), department: p.department?.id ?? null, industry: p.industry?.code ?? null,
    employees: p.employees, legalForm: p.legalForm, website: p.website, phone: p.phone, email: p.email, language: p.language,
    addresses: { visiting: p.addresses.visiting && { ...p.addresses.visiting }, postal: p.addresses.postal && { ...p.addresses.postal }, invoice: p.addresses.invoice && { ...p.addresses.invoice } },
    invoicing: p.invoicing && { ...p.invoicing, eInvoice: p.invoicing.eInvoice && { ...p.invoicing.eInvoice } }, parent: p.parent, branchNumber: p.branchNumber,
  };
}

/** A partner as something that forms change. */
export function usePartnerThing(partner: Partner): Editable<Partner> {
  const company = useCompany();
  const words = usePartnerWords();
  const stages = useChoices('stages');
  const industries = useChoices('industries');
  const users = useUsers();
  const path = { company, number: partner.number };
  const person = (id: string) => ({ id, name: users.find(u => u.id === id)?.name ?? id, disabled: null });
  return {
    company,
    key: partnerQuery(company, partner.number).queryKey,
    name: partner.name,
    read: () => answer(api.GET('/api/v1/{company}/partners/{number}', { params: { path } })),
    write: (patch, ifMatch) => answer(api.PATCH('/api/v1/{company}/partners/{number}', { params: { path, header: { 'If-Match': ifMatch } }, body: patch as Schemas['PartnerFields'] })),
    written: writtenPartner,
    painted: {
      stage: (key: string | null) => key && { key, name: stages.name(key) },
      industry: (code: string | null) => code && { code, name: industries.name(code) },
      owner: (id: string | null) => id && person(id),
      coOwners: (ids: string[]) => ids.map(person),
      department: (id: string | null, p: Partner) => id && { id, name: p.department?.id === id ? p.department.name : '', disabled: null },
    },
    // Only reads count.
    kept: ['counts'],
    ...words,
  };
}

/** The module's words for what the server refused; '' = none. */
export function useRefusals(): (code: string) => string {
  const { t } = useTranslation('partners');
  return code => t(`refused.${code}`, { defaultValue: '' });
}
