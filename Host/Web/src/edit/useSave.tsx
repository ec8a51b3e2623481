import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { type Members, only, pointers } from './patch';
import { type Conflict, type Editable, save } from './saving';

// Lazy forgets that the dialog is for any kind of thing.
const ConflictDialog = lazy(() => import('./ConflictDialog')) as unknown as typeof import('./ConflictDialog').default;

export interface Saving<T extends { version: number }> {
  thing: Editable<T>;
  /**
   * Saves for the version that the user saw. True = saved, or settled by taking the others' values; false = see error.
   * @param isWhole Its members mean something together only: who takes another's value of one saves none of the others.
   */
  save: (patch: Members, seen: T, isWhole?: boolean) => Promise<boolean>;
  isSaving: boolean;
  error: unknown;
  forget: () => void;
  /** To be drawn by the page: it appears when somebody else changed the same. */
  dialog: ReactNode;
}

/** Saves members of a thing, with undo by toast and Ctrl+Z, and asks when somebody else changed the same meanwhile. */
export function useSave<T extends { version: number }>(thing: Editable<T>): Saving<T> {
  const queries = useQueryClient();
  const [state, set] = useState<{ isSaving: boolean; error: unknown }>({ isSaving: false, error: null });
  // Of saves that waited for each other, several may have found a conflict: the first of them is asked about.
  const [[asked], ask] = useState<{ conflict: Conflict<T>; isWhole: boolean; settle: (patch: Members | null) => void }[]>([]);

  const attempt = async (patch: Members, seen: T, isWhole: boolean): Promise<boolean> => {
    const conflict = await save(queries, thing, patch, seen);
    if (!conflict) return true;
    const wanted = await new Promise<Members | null>(settle => ask(waiting => [...waiting, { conflict, isWhole, settle }]));
    ask(waiting => waiting.slice(1));
    if (wanted === null) return false;
    return pointers(wanted).length === 0 || attempt(wanted, conflict.theirs, isWhole);
  };

  return {
    thing,
    save: async (patch, seen, isWhole = false) => {
      if (pointers(patch).length === 0) return true;
      set({ isSaving: true, error: null });
      try {
        const saved = await attempt(patch, seen, isWhole);
        set({ isSaving: false, error: null });
        return saved;
      } catch (error) {
        set({ isSaving: false, error });
        return false;
      }
    },
    ...state,
    forget: () => set({ isSaving: false, error: null }),
    dialog: (
      <Suspense>
        {asked && (
          <ConflictDialog thing={thing} conflict={asked.conflict} onBack={() => asked.settle(null)} onMine={() => asked.settle(asked.conflict.patch)}
            onTheirs={() => asked.settle(asked.isWhole ? {} : only(asked.conflict.patch, pointers(asked.conflict.patch).filter(p => !asked.conflict.pointers.includes(p))))} />
        )}
      </Suspense>
    ),
  };
}
