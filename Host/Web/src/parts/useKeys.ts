import { useEffect, useRef } from 'react';

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

/**
 * Keys of the open page: single ones (n, ?), with Ctrl or Command (mod+k), and two after each other (g p). Never while somebody types; only
 * those with Ctrl work there too, but for the text's own.
 * @param on The menus listen at the window, so that a key of the open page goes before the same key of a menu.
 */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>, on: EventTarget = document): void {
  const latest = useRef(keys);
  useEffect(() => { latest.current = keys; });
  useEffect(() => {
    let before = { key: '', at: 0 };
    const pressed = (given: Event) => {
      const event = given as KeyboardEvent;
      if (event.defaultPrevented || event.altKey) return;
      const mod = event.ctrlKey || event.metaKey;
      if ((!mod || ofText.test(event.key)) && isTaken(event.target)) return;
      if (!mod && event.key.length === 1 && !letterKeys.areOn()) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const isSecond = !mod && before.key !== '' && event.timeStamp - before.at < 1000;
      const run = (isSecond ? latest.current[`${before.key} ${key}`] : undefined) ?? latest.current[mod ? `mod+${event.shiftKey ? 'shift+' : ''}${key}` : key];
      before = isSecond || mod ? { key: '', at: 0 } : { key, at: event.timeStamp };
      if (!run) return;
      event.preventDefault();
      run(event);
    };
    on.addEventListener('keydown', pressed);
    return () => on.removeEventListener('keydown', pressed);
  }, [on]);
}
