import { type RefObject, useCallback, useRef } from 'react';

/** Where the focus goes when the row that had it is decided and goes away: to the same button of the next row, or to the title. */
export function useNextFocus(page: RefObject<HTMLElement | null>): () => () => void {
  const title = useRef<HTMLElement | null>(null);
  return useCallback(() => {
    const pressed = document.activeElement;
    const kind = pressed?.getAttribute('data-decide');
    title.current = page.current?.querySelector('h1') ?? null;
    if (!kind || !pressed) return () => undefined;
    const gone = pressed.closest(kind.endsWith('all') ? '[data-answer]' : '[data-row]');
    const all = [...page.current?.querySelectorAll<HTMLElement>(`[data-decide="${kind}"]`) ?? []];
    const after = all.slice(all.indexOf(pressed as HTMLElement) + 1).filter(button => !gone?.contains(button));
    return () => {
      if (pressed.isConnected && document.activeElement === pressed) return;
      if (document.activeElement && document.activeElement !== document.body) return;
      (after.find(button => button.isConnected) ?? title.current)?.focus();
    };
  }, [page]);
}
