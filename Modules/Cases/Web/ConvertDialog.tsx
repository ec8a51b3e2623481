import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertCircle, IconAlertTriangle, IconShoppingCartPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { Dialog } from '@web/parts/Dialog';
import { amount } from '@web/parts/formats';
import { useCompany } from '@web/session/session';
import { type Case, caseQuery } from './cases';
import { useProblemWords } from './editing';

const inWords = (figure: number | null, currency: string | null) => `${amount(figure ?? 0)} ${currency ?? ''}`;

/** What the customer owes, or all that counts by the company's policy, against the limit. */
function Figures({ balance, limit, currency, exposure }: Schemas['Warning']) {
  const { t } = useTranslation('cases');
  const isAllOwed = balance !== null && balance === exposure;
  return <Text size="sm">{t(isAllOwed ? 'credit.over' : 'credit.counted', { limit: inWords(limit, currency), balance: inWords(balance, currency), exposure: inWords(exposure, currency) })}</Text>;
}

/** Makes the case an order: what happens, and whether the customer's credit allows it (R106, R107). The second time leads to the same order. */
export default function ConvertDialog({ of: asked, isOffered = false, onClose }: { of: Case; isOffered?: boolean; onClose: () => void }) {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const go = useNavigate();
  const queries = useQueryClient();
  const words = useProblemWords();
  // While the question stands, the case may be changed by others.
  const { data: c = asked } = useQuery(caseQuery(company, asked.number));
  const [reason, setReason] = useState('');
  const isWon = c.status.kind === 'won';
  const path = { company, number: c.number };
  const markWon = isWon ? {} : { markWon: true };
  // What would become of it: the order's own warnings, as the server has them. Nothing is stored.
  const trial = useQuery({
    queryKey: [company, 'cases', c.number, 'convert', isWon], staleTime: 0, gcTime: 0, retry: false,
    queryFn: ({ signal }) => answer(api.POST('/api/v1/{company}/cases/{number}/convert', { params: { path, query: markWon, header: { Prefer: 'dry-run' } }, signal })),
  });
  const warning = trial.data?.warnings.find(w => w.code === 'credit.limit.exceeded');
  const convert = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/{company}/cases/{number}/convert', { params: { path, query: { ...markWon, ...(reason.trim() ? { creditReason: reason.trim() } : {}) } } })),
    onSuccess: async order => {
      onClose();
      void queries.invalidateQueries({ queryKey: [company] });
      const isWarned = order.warnings.some(w => w.code === 'credit.limit.exceeded');
      notifications.show({ color: isWarned ? 'yellow' : 'green', autoClose: 10_000, title: t('convert.done', { number: order.number }), message: isWarned ? t('web:overLimit') : c.title, closeButtonProps: { 'aria-label': t('web:close') } });
      await go({ to: `/${company}/orders/${order.number}` });
    },
  });
  const refused = convert.error ?? trial.error;
  return (
    <Dialog onClose={onClose} title={t('convert.title', { title: c.title })}>
      <form onSubmit={event => { event.preventDefault(); convert.mutate(); }}>
        <Stack>
          <Text size="sm">{t(isWon ? 'convert.why' : 'convert.whyWon')}</Text>
          {warning && (
            <Alert color="yellow" icon={<IconAlertTriangle />} title={t('web:overLimit')} role="status">
              <Figures {...warning} />
              <Textarea mt="xs" label={t('convert.reason')} autosize maxLength={1000} value={reason} onChange={e => setReason(e.currentTarget.value)} />
            </Alert>
          )}
          {refused && <Alert color="red" icon={<IconAlertCircle />} role="alert">{words(refused)}</Alert>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t(isOffered ? 'convert.later' : 'web:cancel')}</Button>
            <Button type="submit" data-autofocus color="green" leftSection={<IconShoppingCartPlus size={16} />} loading={convert.isPending}>{t(isWon ? 'convert.do' : 'convert.wonAndDo')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
