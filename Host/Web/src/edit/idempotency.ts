import { useMemo } from 'react';

/** One key for one wish: a second click or a repeated request makes nothing twice. */
export function useIdempotencyKey(body: unknown): string {
  const wanted = JSON.stringify(body);
  return useMemo(() => `${wanted.length}-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`, [wanted]);
}
