import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertCircle, IconAlertTriangle, IconShoppingCartPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { Dialog } from '@web/parts/Dialog';
import { amount } from '@web/parts/formats';
import { useCompany } from '@web/session/session';
import { type Case, partnerQuery } from './cases';
import { useProblemWords } from './editing';

/** Makes the case an order: what happens, and whether the customer's credit allows it (R106, R107). The second time leads to the same order. */
export default function ConvertDialog({ of: c, isOffered = false, onClose }: { of: Case; isOffered?: boolean; onClose: () => void }) {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const go = useNavigate();
  const queries = useQueryClient();
  const words = useProblemWords();
  const { data: partner } = useQuery(partnerQuery(company, c.partner.number));
  const [reason, setReason] = useState('');
  const isWon = c.status.kind === 'won';
  const isOver = partner?.warnings.some(w => w.code === 'credit.limit.exceeded') ?? false;
  const convert = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/{company}/cases/{number}/convert', {
      params: { path: { company, number: c.number }, query: { ...(isWon ? {} : { markWon: true }), ...(reason.trim() ? { creditReason: reason.trim() } : {}) } },
    })),
    onSuccess: async order => {
      onClose();
      void queries.invalidateQueries({ queryKey: [company] });
      const isWarned = order.warnings.some(w => w.code === 'credit.limit.exceeded');
      notifications.show({ color: isWarned ? 'yellow' : 'green', autoClose: 10_000, title: t('convert.done', { number: order.number }), message: isWarned ? t('web:overLimit') : c.title, closeButtonProps: { 'aria-label': t('web:close') } });
      await go({ to: `/${company}/orders/${order.number}` });
    },
  });
  return (
    <Dialog onClose={onClose} title={t('convert.title', { title: c.title })}>
      <form onSubmit={event => { event.preventDefault(); convert.mutate(); }}>
        <Stack>
          <Text size="sm">{t(isWon ? 'convert.why' : 'convert.whyWon')}</Text>
          {isOver && partner && (
            <Alert color="yellow" icon={<IconAlertTriangle />} title={t('web:overLimit')}>
              {partner.balance && partner.creditLimit && <Text size="sm">{t('credit.over', { limit: `${amount(partner.creditLimit.amount)} ${partner.creditLimit.currency}`, balance: `${amount(partner.balance.amount)} ${partner.balance.currency}` })}</Text>}
              <Textarea mt="xs" label={t('convert.reason')} autosize maxLength={1000} value={reason} onChange={e => setReason(e.currentTarget.value)} />
            </Alert>
          )}
          {convert.error && <Alert color="red" icon={<IconAlertCircle />} role="alert">{words(convert.error)}</Alert>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t(isOffered ? 'convert.later' : 'web:cancel')}</Button>
            <Button type="submit" data-autofocus color="green" leftSection={<IconShoppingCartPlus size={16} />} loading={convert.isPending}>{t(isWon ? 'convert.do' : 'convert.wonAndDo')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
