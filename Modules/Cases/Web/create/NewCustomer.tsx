/** Beside the choice of a customer: where a plugin that reads a company register offers to make a new one from it (R51). Without such a plugin there is nothing. */
export function NewCustomer() {
  return null;
}
