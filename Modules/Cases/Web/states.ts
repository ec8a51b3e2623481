/** What the API's fields about closing and deleting make together. */
export const states: Record<string, Record<string, string>> = { open: { kind: 'open', closed: 'false' }, notClosed: { closed: 'false' }, closed: { closed: 'true' }, deleted: { deleted: 'true' } };
const fields = ['kind', 'closed', 'deleted'];

export const stateOf = (search: Record<string, string>): string | undefined =>
  Object.keys(states).find(state => fields.every(field => search[field] === states[state]![field]));
export const noState = Object.fromEntries(fields.map(field => [field, undefined]));
