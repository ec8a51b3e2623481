import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '@web/operations/follow';
import { useUsers } from '@web/parts/choices';

export const isOpen = (operation: Operation): boolean => operation.state === 'queued' || operation.state === 'running';
export const canUndo = (operation: Operation): boolean => !isOpen(operation) && operation.state !== 'undone' && operation.undoUntil !== null;
export const canRedo = (operation: Operation): boolean => operation.state === 'undone';
/** Undone, and some rows were left alone because somebody had changed them. */
export const canForce = (operation: Operation): boolean => operation.state === 'undone' && operation.run === 'undo' && operation.skippedCount > 0;

const states: Record<string, string> = { queued: 'gray', running: 'blue', done: 'green', failed: 'red', undone: 'orange' };
export const colourOf = (operation: Operation): string => states[operation.state] ?? 'gray';

/** What an operation did and who started it, in words. */
export function useOperationWords(): { action: (operation: Operation) => string; by: (operation: Operation) => string } {
  const { t } = useTranslation('operations');
  const users = useUsers();
  return {
    action: useCallback((operation: Operation) => t(`action.${operation.action}`, { defaultValue: operation.action }), [t]),
    by: useCallback((operation: Operation) => {
      const [kind, id = ''] = operation.by.split(':');
      return kind === 'user' ? users.find(u => u.id === id)?.name ?? id : kind === 'key' ? t('byKey', { number: id }) : t('byProgram');
    }, [users, t]),
  };
}
