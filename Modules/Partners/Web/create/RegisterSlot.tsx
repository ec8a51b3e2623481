import { lazy } from 'react';
import { type LookUpProps, modules } from '@web/modules';

const load = modules.find(m => m.registerLookUp)?.registerLookUp;
const LookUp = load ? lazy(load) : null;

/** Where a look-up in a public register stands, when a module brings one (R48, R53); without it there is nothing to see, and all is typed (R50). The form waits for it, so that nothing moves under who types. */
export function RegisterSlot(props: LookUpProps) {
  return LookUp && <LookUp {...props} />;
}
