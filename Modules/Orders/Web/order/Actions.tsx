import { Button, Group, Text, Textarea } from '@mantine/core';
import { IconLock, IconLockOpen, IconRestore, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { Confirm } from '@web/edit/Confirm';
import { usePartner } from '@web/parts/partner';
import { ProblemNote } from '@web/parts/ProblemText';
import { useCompany, useMayWrite } from '@web/session/session';
import { type Order, orderQuery } from '../orders';

const icons = { cancel: IconX, reopen: IconRestore, lock: IconLock, unlock: IconLockOpen };
type Action = keyof typeof icons;

const offered = (order: Order): Action[] =>
  (order.state === 'cancelled' ? ['reopen'] : order.locked ? ['unlock'] : order.state === 'invoiced' ? [] : ['lock', ...(order.invoicedNet.amount > 0 ? [] : ['cancel' as const])]);

/** Cancel, reopen, lock, unlock; each is asked for. */
export function Actions({ order }: { order: Order }) {
  const { t } = useTranslation('orders');
  const company = useCompany();
  const queries = useQueryClient();
  const mayWrite = useMayWrite();
  const [asked, ask] = useState<Action | null>(null);
  const [reason, setReason] = useState('');
  const isOver = usePartner(order.partner.number).data?.warnings.some(warning => warning.code.startsWith('credit.')) ?? false;
  const act = useMutation({
    mutationFn: (action: Action) => {
      const params = { path: { company, number: order.number } };
      if (action === 'reopen') return answer(api.POST('/api/v1/{company}/orders/{number}/reopen', { params: { ...params, ...(reason.trim() ? { query: { creditReason: reason.trim() } } : {}) } }));
      return answer(api.POST(`/api/v1/{company}/orders/{number}/${action}` as '/api/v1/{company}/orders/{number}/lock', { params }));
    },
    onSuccess: after => {
      queries.setQueryData(orderQuery(company, order.number).queryKey, after);
      void queries.invalidateQueries({ queryKey: [company] });
      ask(null);
    },
  });
  if (!mayWrite) return null;
  return (
    <Group gap="xs">
      {offered(order).map(action => {
        const Icon = icons[action];
        return <Button key={action} size="compact-md" fz="sm" variant="default" leftSection={<Icon size={16} />} onClick={() => { act.reset(); ask(action); }}>{t(`action.${action}`)}</Button>;
      })}
      {asked && (
        <Confirm title={t(`sure.${asked}`, { number: order.number })} yes={t(`action.${asked}`)} no={t('action.no')} isDanger={asked === 'cancel'} isWaiting={act.isPending} onYes={() => act.mutate(asked)} onNo={() => ask(null)}>
          <Text size="sm" mb="xs">{t(`why.${asked}`)}</Text>
          {asked === 'reopen' && isOver && <Textarea label={t('credit.reason')} description={t('credit.reopenOver')} autosize minRows={1} maxLength={1000} value={reason} onChange={e => setReason(e.currentTarget.value)} />}
          <ProblemNote error={act.error} />
        </Confirm>
      )}
    </Group>
  );
}
