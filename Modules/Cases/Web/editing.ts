import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { Problem } from '@web/api/problem';
import type { Json, Members } from '@web/edit/patch';
import type { Editable } from '@web/edit/saving';
import { useChoices, useUsers } from '@web/parts/choices';
import { amount, country, day } from '@web/parts/formats';
import { problemText } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { type Case, caseQuery, useStatuses } from './cases';

export const customerTexts = ['reference', 'requisition', 'contact', 'deliveryStreet', 'deliveryPostalCode', 'deliveryCity', 'deliveryCountry'] as const;
export const customerDays = ['startDate', 'deliveryDate'] as const;
const dates = new Set(['/followUp', '/expectedClose', ...customerDays.map(field => `/customer/${field}`)]);

/** A case's members as they are written. */
export function writtenCase(c: Case): Members {
  return {
    title: c.title, partner: c.partner.number, status: c.status.key, probability: c.probability, value: c.value && { ...c.value }, owner: c.owner?.id ?? null, followUp: c.followUp, expectedClose: c.expectedClose,
    lostReason: c.lostReason && { key: c.lostReason.key, text: c.lostReason.text }, description: c.description,
    customer: Object.fromEntries([...customerTexts, ...customerDays].map(field => [field, c.customer?.[field] ?? null])),
  };
}

/** Cases as things that can be saved, with undo and a question when somebody else changed the same. */
export function useCaseThing(): (c: Pick<Case, 'number' | 'title'>) => Editable<Case> {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const statuses = useStatuses();
  const reasons = useChoices('lost-reasons');
  const users = useUsers();
  const words = (pointer: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '';
    if (dates.has(pointer)) return day(value as string);
    if (pointer === '/status') return statuses.name(value as string);
    if (pointer === '/owner') return users.find(u => u.id === value)?.name ?? String(value);
    if (pointer === '/probability') return `${String(value)} %`;
    if (pointer === '/value/amount') return amount(value as number);
    if (pointer === '/lostReason/key') return reasons.name(value as string);
    if (pointer === '/customer/deliveryCountry') return country(value as string);
    return String(value as Json);
  };
  return ({ number, title }) => {
    const path = { company, number };
    return {
      company, key: caseQuery(company, number).queryKey, name: title,
      read: () => answer(api.GET('/api/v1/{company}/cases/{number}', { params: { path } })),
      write: (patch, ifMatch) => answer(api.PATCH('/api/v1/{company}/cases/{number}', { params: { path, header: { 'If-Match': ifMatch } }, body: patch as object })),
      written: writtenCase,
      painted: {
        partner: (value: number, c: Case) => (value === c.partner.number ? c.partner : { number: value, name: null }),
        status: (key: string, c: Case) => { const status = statuses.of(key); return status ? { key, name: status.name, kind: status.kind, probability: status.probability } : c.status; },
        owner: (id: string | null) => id && { id, name: users.find(u => u.id === id)?.name ?? id, disabled: null },
        lostReason: (reason: { key?: string | null; text?: string | null } | null) => reason && { key: reason.key ?? null, name: reason.key ? reasons.name(reason.key) : null, text: reason.text ?? null },
      },
      kept: ['related'],
      label: pointer => t(`field.${pointer.split('/').slice(1).join('.')}`),
      words,
    };
  };
}

/** What is said about a refused value, in the user's language where the code is one that users meet. */
export function useRefusals(): (code: string) => string {
  const { t } = useTranslation('cases');
  return code => t(`refused.${code}`, { defaultValue: '' });
}

/** Why something was refused, in the user's language where the code is one that users meet. */
export function useProblemWords(): (error: unknown) => string {
  const { t } = useTranslation('cases');
  const wordsOf = useRefusals();
  return error => (error instanceof Problem && wordsOf(error.code)) || problemText(error, t);
}
