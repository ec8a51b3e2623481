import { lazy, Suspense } from 'react';
import { modules } from '@web/modules';
import type { Partner } from '../partners';

const load = modules.find(m => m.partnerNote)?.partnerNote;
const Note = load ? lazy(load) : null;
const explain = modules.find(m => m.partnerAccounting)?.partnerAccounting;
const Why = explain ? lazy(explain) : null;

/** Where a module that sends partners to accounting systems says which of them have it. */
export function AccountingNote({ partner }: { partner: Partner }) {
  return Why && <Suspense><Why partner={partner} /></Suspense>;
}

/** Where a module that reads public registers says what they know of the partner; its line is kept free, so that nothing moves when it is here. */
export function RegisterNote({ partner }: { partner: Partner }) {
  return Note && partner.organisationNumber !== null && <Suspense fallback={<div style={{ height: 44 }} />}><Note partner={partner} /></Suspense>;
}
