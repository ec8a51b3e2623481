import { Button, Group, Progress, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useMemo } from 'react';
import { answer, api, type Schemas } from '@web/api/client';
import { whole } from '@web/parts/formats';
import { problemText } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { remember, type Step, undo } from './undo';

export type Operation = Schemas['OperationView'];
export type BulkRequest = Schemas['BulkRequest'];

const toastStays = 10_000;

const isOpen = (operation: Operation) => operation.state === 'queued' || operation.state === 'running';

/** Tells of an operation whenever it moves, until it is finished. The browser connects again by itself when the line breaks. */
function watch(company: string, number: number, tell: (operation: Operation) => void): Promise<Operation> {
  return new Promise((resolve, reject) => {
    const events = new EventSource(`/api/v1/${company}/operations/${number}/stream`);
    const take = (operation: Operation) => {
      tell(operation);
      if (isOpen(operation)) return;
      events.close();
      resolve(operation);
    };
    events.addEventListener('operation', event => take(JSON.parse((event as MessageEvent<string>).data) as Operation));
    events.onerror = () => {
      if (events.readyState !== EventSource.CLOSED) return;
      answer(api.GET('/api/v1/{company}/operations/{number}', { params: { path: { company, number } } })).then(take, reject);
    };
  });
}

/** Shows an operation as a toast: its progress, then what came of it, with Undo. Answers whether it can be taken back now. */
async function follow(queries: QueryClient, company: string, started: Operation, step?: Step): Promise<boolean> {
  const t = i18next.t.bind(i18next);
  const id = `operation ${company} ${started.number}`;
  notifications.hide(id);
  notifications.show({ id, loading: true, autoClose: false, withCloseButton: false, title: t('web:operation.running'), message: <Progress value={0} aria-label={t('web:operation.running')} /> });
  try {
    const done = await watch(company, started.number, operation => {
      const { done: rows, total } = operation.progress;
      notifications.update({ id, loading: true, autoClose: false, withCloseButton: false, title: t('web:operation.running'),
        message: <><Progress value={total ? (100 * rows) / total : 0} aria-label={t('web:operation.running')} /><Text size="xs">{t('web:operation.progress', { done: whole(rows), total: whole(total ?? 0) })}</Text></> });
    });
    await queries.invalidateQueries({ queryKey: [company] });
    const words = { changed: whole(done.changed), skipped: whole(done.skippedCount) };
    const result = done.skippedCount > 0 ? t('web:operation.changedAndSkipped', words) : t('web:operation.changed', words);
    notifications.update({ id, loading: false, autoClose: toastStays, withCloseButton: true, color: done.state === 'failed' ? 'red' : 'green',
      title: t(done.state === 'failed' ? 'web:operation.failed' : done.state === 'undone' ? 'web:operation.undone' : 'web:operation.done'),
      message: (
        <Group justify="space-between" gap="xs">
          <span>{result}{done.skipped.slice(0, 3).map(row => <Text key={row.number} size="xs">{row.number}: {row.detail}</Text>)}</span>
          {step && done.state !== 'undone' && done.undoUntil && <Button size="compact-xs" variant="default" onClick={() => void undo(company, step)}>{t('web:operation.undo')}</Button>}
        </Group>
      ) });
    return done.undoUntil !== null && done.state !== 'failed';
  } catch (error) {
    notifications.update({ id, loading: false, autoClose: toastStays, withCloseButton: true, color: 'red', title: t('web:operation.lost'), message: problemText(error, t) });
    return false;
  }
}

/** Takes an operation back or does it again; what comes back is the opposite. */
function stepOf(queries: QueryClient, company: string, number: number, action: 'undo' | 'redo', force = false): Step {
  return {
    back: async () => {
      const started = await answer(api.POST(`/api/v1/{company}/operations/{number}/${action}`, { params: { path: { company, number }, ...(force ? { query: { force } } : {}) } }));
      const opposite = stepOf(queries, company, number, action === 'undo' ? 'redo' : 'undo');
      return await follow(queries, company, started, action === 'redo' ? opposite : undefined) ? opposite : null;
    },
    failed: error => notifications.show({ color: 'red', title: i18next.t('web:operation.notUndone'), message: problemText(error, i18next.t.bind(i18next)) }),
  };
}

/** Bulk changes of the open company. */
export function useOperations() {
  const queries = useQueryClient();
  const company = useCompany();
  return useMemo(() => ({
    /** What a change would do; nothing is stored. */
    preview: (body: BulkRequest, signal?: AbortSignal) =>
      answer(api.POST('/api/v1/{company}/operations', { params: { path: { company }, header: { Prefer: 'dry-run' } }, body, signal: signal ?? null })),
    start: (body: BulkRequest, key: string) =>
      answer(api.POST('/api/v1/{company}/operations', { params: { path: { company }, header: { 'Idempotency-Key': key } }, body })),
    /** Takes an operation back, or does it again; with force also what was changed since. */
    turn: async (number: number, action: 'undo' | 'redo', force = false) => {
      const step = stepOf(queries, company, number, action, force);
      try {
        const opposite = await step.back();
        if (opposite) remember(company, opposite);
      } catch (error) {
        step.failed(error);
      }
    },
    follow: (operation: Operation) => {
      const step = stepOf(queries, company, operation.number, 'undo');
      void follow(queries, company, operation, step).then(ended => { if (ended) remember(company, step); });
    },
  }), [queries, company]);
}
