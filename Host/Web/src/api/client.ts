import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from '@api';
import { Problem } from './problem';

export type Schemas = components['schemas'];

type Listener = (happened: 'expired' | 'password') => void;

let csrf: string | null = null;
const listeners = new Set<Listener>();

/** The token that proves to the server that a write comes from our own pages. */
export const keepCsrf = (token: string | null): void => { csrf = token; };

/** Tells when the server wants the user to sign in again or to change the password. */
export function onSession(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const session: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET' && csrf) request.headers.set('X-CSRF-Token', csrf);
    return request;
  },
  async onResponse({ request, response }) {
    if (response.ok) return;
    const body: unknown = await response.clone().json().catch(() => ({}));
    const problem = new Problem(response.status, body as object);
    const isSession = new URL(request.url).pathname.startsWith('/api/v1/session');
    if (problem.status === 401 && !isSession) for (const tell of listeners) tell('expired');
    if (problem.code === 'auth.password.change') for (const tell of listeners) tell('password');
    throw problem;
  },
  onError() {
    throw new Problem(0);
  },
};

/** The API, typed by its document. What is not a success is thrown as a Problem. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });
api.use(session);

/** The answer of a call that has one. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

/** Lists have one query each, made of what is in the address bar; the document types each field of it, the address bar only knows text. */
export type ListQuery = Record<string, string>;
