import { lazy, Suspense } from 'react';
import type { Form } from '@web/edit/useForm';
import { modules } from '@web/modules';

const load = modules.find(m => m.registerLookUp)?.registerLookUp;
const LookUp = load ? lazy(load) : null;

/** Where a look-up in a public register stands, when a module brings one (R48, R53); without it there is nothing to see, and all is typed (R50). */
export function RegisterSlot({ form }: { form: Form }) {
  return LookUp && <Suspense><LookUp form={form} /></Suspense>;
}
