import { answer, api, type Schemas } from '@web/api/client';
import type { Members } from '@web/edit/patch';
import { type Saving, useSave } from '@web/edit/useSave';
import type { Partner } from '@web/parts/partner';
import { useCompany } from '@web/session/session';
import type { RegisterAnswer } from './answers';
import { useFieldWords } from './fieldWords';

/** A partner as far as registers know it. */
export interface Held { version: number; updatedAt?: string; written: Members }

const held = (p: Partner): Held => ({
  version: p.version, updatedAt: p.updatedAt,
  written: {
    name: p.name, vatNumber: p.vatNumber, legalForm: p.legalForm, employees: p.employees, website: p.website, phone: p.phone, email: p.email,
    addresses: { visiting: p.addresses.visiting && { ...p.addresses.visiting }, postal: p.addresses.postal && { ...p.addresses.postal } },
  },
});

/** Takes over what a register says: a change of the partner as any other, with its conflicts and its way back. */
export function useTaking({ partner: number, name, country }: RegisterAnswer): Saving<Held> {
  const company = useCompany();
  const path = { company, number };
  return useSave<Held>({
    company,
    key: [company, 'partners', number, 'held'],
    name,
    read: async () => held(await answer(api.GET('/api/v1/{company}/partners/{number}', { params: { path } }))),
    write: async (patch, ifMatch) => held(await answer(api.PATCH('/api/v1/{company}/partners/{number}', { params: { path, header: { 'If-Match': ifMatch } }, body: patch as Schemas['PartnerFields'] }))),
    written: thing => thing.written,
    ...useFieldWords(country),
  });
}
