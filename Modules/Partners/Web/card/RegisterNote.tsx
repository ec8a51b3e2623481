import { lazy, Suspense } from 'react';
import { modules } from '@web/modules';
import type { Partner } from '../partners';

const load = modules.find(m => m.partnerNote)?.partnerNote;
const Note = load ? lazy(load) : null;

/** Where a module that reads public registers says what they know of the partner; its line is kept free, so that nothing moves when it is here. */
export function RegisterNote({ partner }: { partner: Partner }) {
  return Note && partner.organisationNumber !== null && <Suspense fallback={<div style={{ height: 44 }} />}><Note partner={partner} /></Suspense>;
}
