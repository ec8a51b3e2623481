import { useTranslation } from 'react-i18next';
import { useDepartments } from '@web/parts/company';
import { amount, country, day, languageName, whole } from '@web/parts/formats';
import { useChoices, useUsers } from '../partners';

const addresses: Record<string, string> = { visiting: 'field.visiting', postal: 'field.postal', invoice: 'field.invoice', invoiceAddress: 'field.invoice' };
const members: Record<string, string> = {
  name: 'column.name', country: 'column.country', organisationNumber: 'field.organisationNumber', vatNumber: 'field.vatNumber', relations: 'filter.relation', stage: 'column.stage', creditLimit: 'column.creditLimit',
  tags: 'column.tags', owner: 'column.owner', coOwners: 'field.coOwners', department: 'field.department', industry: 'filter.industry', employees: 'field.employees', legalForm: 'field.legalForm', website: 'field.website',
  phone: 'field.phone', email: 'field.email', language: 'field.language', parent: 'field.parent', branchNumber: 'field.branchNumber', balance: 'column.balance', uninvoiced: 'column.uninvoiced',
  latestDelivery: 'column.latestDelivery',
};
const inAddress: Record<string, string> = { street: 'field.street', postalCode: 'field.postalCode', city: 'field.city', country: 'column.country' };
const inInvoicing: Record<string, string> = { type: 'field.invoiceType', email: 'field.invoiceEmail', creditDays: 'field.creditDays', automaticHandling: 'field.automatic', eInvoice: 'field.eInvoice' };
const inEInvoice: Record<string, string> = { scheme: 'field.scheme', id: 'field.eInvoiceId', operator: 'field.operator' };

/** What a partner's members are called, and their values in words; pointers as the API or as the journal has them. */
export function usePartnerWords(): { label: (pointer: string) => string; words: (pointer: string, value: unknown) => string; isKnown: (pointer: string) => boolean } {
  const { t } = useTranslation('partners');
  const lists = { stage: useChoices('stages'), tags: useChoices('tags'), industry: useChoices('industries'), relations: useChoices('relations') };
  const users = useUsers();
  const departments = useDepartments().data ?? [];
  const pathOf = (pointer: string) => pointer.split('/').slice(1).filter(part => part !== 'addresses');

  const label = (pointer: string): string => {
    const [first = '', second, third] = pathOf(pointer);
    if (addresses[first]) return second ? `${t(addresses[first])}: ${t(inAddress[second] ?? second).toLowerCase()}` : t(addresses[first]);
    if (first === 'invoicing') return third && inEInvoice[third] ? t(inEInvoice[third]) : second && inInvoicing[second] ? t(inInvoicing[second]) : t('card.invoicing');
    return members[first] ? t(members[first]) : first;
  };

  const person = (id: unknown) => users.find(u => u.id === id)?.name ?? String(id);
  const one = (first: string, last: string, value: unknown): string => {
    if (first === 'stage') return lists.stage.name(value as string);
    if (first === 'industry') return lists.industry.name(value as string);
    if (first === 'tags' || first === 'relations') return lists[first].name(value as string);
    if (first === 'owner' || first === 'coOwners') return person(value);
    if (first === 'department') return departments.find(d => d.id === value)?.name ?? String(value);
    if (last === 'country') return country(value as string);
    if (first === 'language') return languageName(value as string);
    if (first === 'invoicing' && last === 'type') return t(`invoiceType.${value as string}`);
    if (last === 'creditDays') return t('field.days', { count: value as number });
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'number') return last === 'amount' ? amount(value) : first === 'parent' ? String(value) : whole(value);
    return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? day(String(value)) : String(value);
  };
  const words = (pointer: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '';
    const path = pathOf(pointer);
    const [first = '', last = ''] = [path[0], path.at(-1)];
    if (Array.isArray(value)) return value.map(v => words(pointer, v)).filter(Boolean).join(', ');
    if (typeof value === 'object') {
      const inner = value as Record<string, unknown>;
      if (typeof inner['amount'] === 'number') return `${amount(inner['amount'])} ${String(inner['currency'] ?? '')}`;
      return Object.entries(inner).map(([member, v]) => words(`${pointer}/${member}`, v)).filter(Boolean).join(', ');
    }
    return one(first, last, value);
  };
  return { label, words, isKnown: pointer => { const [first = ''] = pathOf(pointer); return first in members || first in addresses || first === 'invoicing'; } };
}
