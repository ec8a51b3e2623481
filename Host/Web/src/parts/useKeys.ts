import { useEffect, useRef } from 'react';

/** What a key is for; without run whatever has the focus hears it by itself, and it is here for the help. */
export interface Shortcut { text: string; run?: (event: KeyboardEvent) => void }

/** By name: n, ?, Enter, with Ctrl or Command mod+k, mod+shift+z, and two after each other g p. What is false is not to be had now. */
export type Keys = Record<string, Shortcut | false | undefined>;

/** Who goes first when two have the same key: a part of the page, what is around the page's rows, what is around every page, the menus. */
const levels = ['page', 'frame', 'shell', 'menu'] as const;
type Level = (typeof levels)[number];

/** Where keys are text, or belong to a dialog or menu. */
function isTaken(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]') !== null;
}

/** With Ctrl these belong to the text that somebody types. */
const ofText = /^(z|ArrowLeft|ArrowRight)$/i;

const switchedOff = 'crm-letter-keys-off';

/** Keys without Ctrl that are letters or signs can be switched off: speech input and unsteady hands press them by mistake (WCAG 2.2, 2.1.4). */
export const letterKeys = {
  areOn: (): boolean => localStorage.getItem(switchedOff) === null,
  turn: (on: boolean): void => { if (on) localStorage.removeItem(switchedOff); else localStorage.setItem(switchedOff, '1'); },
};

const isLetter = (name: string): boolean => !name.startsWith('mod+') && name !== ' ' && name.split(/[ +]/).at(-1)!.length === 1;

interface Listener { level: Level; keys: { readonly current: Keys } }

const listeners: Listener[] = [];

const inOrder = (): Listener[] => levels.flatMap(level => listeners.filter(listener => listener.level === level));

/** All that can be pressed now, the first that has a key; for the help. */
export function keysNow(): { name: string; level: Level; text: string }[] {
  const all = inOrder().flatMap(({ level, keys }) => Object.entries(keys.current).flatMap(([name, key]) => (key ? [{ name, level, text: key.text }] : [])));
  return all.filter(({ name }, at) => all.findIndex(other => other.name === name) === at && (letterKeys.areOn() || !isLetter(name)));
}

function find(name: string): Shortcut | undefined {
  for (const { keys } of inOrder()) {
    const key = keys.current[name];
    if (key && key.run) return key;
  }
  return undefined;
}

const patience = 1_000;

/** The first of two keys after each other. */
let first = { key: '', at: 0 };

const nameOf = (event: KeyboardEvent): string => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${event.shiftKey ? 'shift+' : ''}${key}` : key;
};

const isMod = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey;

/** The second key of two is nobody else's, whether it leads anywhere or not: heard before the part that has the focus. */
function hearSecond(event: KeyboardEvent): void {
  if (/^(Shift|Control|Alt|AltGraph|Meta)$/.test(event.key)) return;
  const { key, at } = first;
  first = { key: '', at: 0 };
  if (key === '' || event.timeStamp - at > patience || event.key.length > 1 || isMod(event) || event.altKey || isTaken(event.target)) return;
  event.preventDefault();
  event.stopPropagation();
  find(`${key} ${nameOf(event)}`)?.run!(event);
}

/** Heard after the part that has the focus. */
function hear(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey) return;
  if ((!isMod(event) || ofText.test(event.key)) && isTaken(event.target)) return;
  if (!isMod(event) && event.key.length === 1 && !letterKeys.areOn()) return;
  const name = nameOf(event);
  if (listeners.some(({ keys }) => Object.keys(keys.current).some(other => other.startsWith(`${name} `)))) first = { key: name, at: event.timeStamp };
  const key = find(name);
  if (!key) return;
  event.preventDefault();
  key.run!(event);
}

/** Keys of the open page. Never while somebody types: only those with Ctrl work there too, but for the text's own. */
export function useKeys(keys: Keys, level: Level = 'page'): void {
  const latest = useRef(keys);
  useEffect(() => { latest.current = keys; });
  useEffect(() => {
    const listener = { level, keys: latest };
    if (listeners.length === 0) {
      document.addEventListener('keydown', hearSecond, { capture: true });
      document.addEventListener('keydown', hear);
    }
    listeners.push(listener);
    return () => {
      listeners.splice(listeners.indexOf(listener), 1);
      if (listeners.length > 0) return;
      document.removeEventListener('keydown', hearSecond, { capture: true });
      document.removeEventListener('keydown', hear);
    };
  }, [level]);
}
