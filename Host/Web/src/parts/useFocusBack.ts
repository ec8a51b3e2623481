import { useEffect, useRef, useState } from 'react';

/** What Tab leads to. */
const stops = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** Of the dialogs that are open, where each goes back to. */
const open: HTMLElement[][] = [];

/** Who opened it, and what that is in, from the inside out. An entry of a menu goes with its menu, so that the menu's button stands for it. */
function pathNow(): HTMLElement[] {
  const menu = document.activeElement?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const path: HTMLElement[] = [];
  for (let at = menu ? document.getElementById(menu) : document.activeElement; at instanceof HTMLElement && at !== document.body; at = at.parentElement) path.push(at);
  // One dialog in another's place goes back to where that would have.
  return path.some(part => part.role === 'dialog') ? [...path, ...open.at(-1) ?? []] : path;
}

const take = (element: HTMLElement | null | undefined): boolean => {
  element?.focus({ preventScroll: true });
  return !!element && document.activeElement === element;
};

/** The first of it that is still there; in what was around it the current row of a list, or else the first stop. */
function goBack(path: HTMLElement[]): void {
  const stop = (part: HTMLElement) => part.querySelector<HTMLElement>('[role="row"][tabindex="0"]') ?? [...part.querySelectorAll<HTMLElement>(stops)].find(element => element.checkVisibility());
  if (!path.some((part, i) => part.isConnected && ((i === 0 || part.matches(stops)) && take(part) || take(stop(part))))) take(document.getElementById('main'));
}

/** For what is drawn only while it is open, such as a dialog: afterwards the focus is where it was before, or nearby when that is gone. */
export function useFocusBack(): void {
  // Before anything in it takes the focus.
  const [path] = useState(pathNow);
  const frame = useRef(0);
  useEffect(() => {
    cancelAnimationFrame(frame.current);
    open.push(path);
    return () => {
      open.splice(open.indexOf(path), 1);
      // After what takes its place has had its turn: another dialog, a page with a first field.
      frame.current = requestAnimationFrame(() => { if (document.activeElement === document.body) goBack(path); });
    };
  }, [path]);
}
