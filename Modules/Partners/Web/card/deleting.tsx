import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { Confirm } from '@web/edit/Confirm';
import { remember, type Step, undo } from '@web/operations/undo';
import { problemText } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import type { Partner } from '../partners';

const say = i18next.t.bind(i18next);

async function restore(queries: QueryClient, company: string, number: number): Promise<Partner> {
  const partner = await answer(api.POST('/api/v1/{company}/partners/{number}/restore', { params: { path: { company, number } } }));
  await queries.invalidateQueries({ queryKey: [company] });
  return partner;
}

/** Ctrl+Z after deleting. Deleting again asks again, so there is no redo. */
function restoring(queries: QueryClient, company: string, number: number): Step {
  return {
    back: async () => {
      const partner = await restore(queries, company, number);
      notifications.show({ color: 'green', title: say('partners:deleted.restored'), message: partner.name, closeButtonProps: { 'aria-label': say('web:close') } });
      return null;
    },
    failed: error => notifications.show({ color: 'red', title: say('web:edit.notUndone', { name: `${number}` }), message: problemText(error, say) }),
  };
}

/** Asks, deletes, and says how to bring it back. */
export function DeletePartner({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/{company}/partners/{number}', { params: { path: { company, number: partner.number }, header: { 'If-Match': `"${partner.version}"` } } })),
    onSuccess: async () => {
      const step = restoring(queries, company, partner.number);
      remember(company, step);
      onClose();
      const id = `deleted ${partner.number}`;
      notifications.show({
        id, color: 'green', autoClose: 10_000, title: t('deleted.done'), closeButtonProps: { 'aria-label': t('web:close') },
        message: <Group justify="space-between" wrap="nowrap"><span>{partner.name}</span><Button size="compact-xs" variant="default" onClick={() => { notifications.hide(id); void undo(company, step); }}>{t('deleted.restore')}</Button></Group>,
      });
      await queries.invalidateQueries({ queryKey: [company] });
    },
  });
  return (
    <Confirm title={t('deleted.ask', { name: partner.name })} yes={t('deleted.delete')} isDanger isWaiting={remove.isPending} onYes={() => remove.mutate()} onNo={onClose}>
      <Text size="sm">{t('deleted.askWhy', { number: partner.number })}</Text>
      {remove.error !== null && <Text size="sm" mt="xs" c="var(--mantine-color-error)" role="alert">{problemText(remove.error, t)}</Text>}
    </Confirm>
  );
}

/** The button of a deleted partner's card. */
export function RestoreButton({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const queries = useQueryClient();
  const bring = useMutation({ mutationFn: () => restore(queries, company, number) });
  return (
    <>
      <Button loading={bring.isPending} onClick={() => bring.mutate()}>{t('deleted.restore')}</Button>
      {bring.error !== null && <Text size="sm" c="var(--mantine-color-error)" role="alert">{problemText(bring.error, t)}</Text>}
    </>
  );
}
