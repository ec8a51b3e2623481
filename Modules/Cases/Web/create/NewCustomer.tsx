import { lazy, Suspense } from 'react';
import { modules, type NewCustomerProps } from '@web/modules';

const load = modules.find(m => m.newCustomer)?.newCustomer;
const FromRegister = load ? lazy(load) : null;

/** Beside the choice of a customer: where a module that reads company registers offers to make a new one from them (R51). Without it there is nothing. */
export function NewCustomer(props: NewCustomerProps) {
  return FromRegister && <Suspense><FromRegister {...props} /></Suspense>;
}
