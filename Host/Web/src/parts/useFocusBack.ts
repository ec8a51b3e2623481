import { useMemo, useRef } from 'react';

/** For dialogs that are there only while they are open: where the focus was is kept when one opens, and has it again afterwards. */
export function useFocusBack(): { keep: () => void; back: () => void } {
  const from = useRef<Element | null>(null);
  return useMemo(() => ({
    keep: () => { from.current = document.activeElement; },
    back: () => requestAnimationFrame(() => {
      if (document.activeElement === document.body && from.current instanceof HTMLElement) from.current.focus({ preventScroll: true });
    }),
  }), []);
}
