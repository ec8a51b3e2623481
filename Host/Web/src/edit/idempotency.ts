import { useState } from 'react';

/**
 * Keys of wishes: the same content has the same key, so that a second click or a repeated request makes nothing twice, and other content has another.
 * What is sent asks for its key, not what is drawn.
 */
export function idempotencyKeys(): (body: unknown) => string {
  const keys = new Map<string, string>();
  return body => {
    const wanted = JSON.stringify(body);
    const key = keys.get(wanted) ?? crypto.getRandomValues(new Uint32Array(4)).join('-');
    keys.set(wanted, key);
    return key;
  };
}

/** The keys of one form, as long as it is open. */
export function useIdempotencyKeys(): (body: unknown) => string {
  return useState(idempotencyKeys)[0];
}
