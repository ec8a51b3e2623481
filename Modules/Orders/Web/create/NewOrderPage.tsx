import { Paper, Select, SimpleGrid, Skeleton, Stack, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { today } from '@web/edit/days';
import { EditForm } from '@web/edit/EditForm';
import { isSame, type Json, type Members } from '@web/edit/patch';
import { PartnerSelect } from '@web/edit/selects';
import { Unread } from '@web/edit/Unread';
import { useForm } from '@web/edit/useForm';
import { useIdempotencyKeys } from '@web/edit/idempotency';
import { useProfile } from '@web/parts/company';
import { currencies } from '@web/parts/currencies';
import { usePartner } from '@web/parts/partner';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { useTrial } from '../credit';
import { CreditWarning } from '../CreditWarning';
import { Lines } from '../Lines';
import { judgedLines, type Line, newLine, writtenLines } from '../lines';
import { OrderFields } from '../OrderFields';

/** /{company}/orders/new, with ?partner= for whom it is. */
export default function NewOrderPage() {
  const { t } = useTranslation('orders');
  const profile = useProfile();
  const number = Number((useSearch({ strict: false }) as { partner?: string }).partner);
  const asked = Number.isInteger(number) && number > 0 ? number : null;
  const partner = usePartner(asked);
  const isReady = asked === null || !partner.isPending;
  return (
    <Stack p="md" maw={1180}>
      <Title order={1} size="h3">{t('create.title')}</Title>
      {profile.error && <ProblemPanel error={profile.error} retry={() => void profile.refetch()} />}
      {partner.error && !partner.data && <Unread what={t('web:unread.customer', { number: asked })} error={partner.error} />}
      {!(profile.data && isReady) && !profile.error && <Skeleton height={480} />}
      {profile.data && isReady && <NewOrder key={asked} partner={partner.data?.number ?? null} currency={profile.data.baseCurrency} />}
    </Stack>
  );
}

function NewOrder({ partner: asked, currency: usualCurrency }: { partner: number | null; currency: string }) {
  const { t } = useTranslation('orders');
  const company = useCompany();
  const go = useNavigate();
  const queries = useQueryClient();
  const start = useMemo<Members>(() => ({
    partner: asked, kind: 'sales', orderDate: today(), startDate: null, deliveryDate: null, owner: null, creditDays: null, currency: usualCurrency,
    lines: [newLine()] as unknown as Json, reference: null, requisition: null, contact: null, delivery: {}, note: null, creditReason: null,
  }), [asked, usualCurrency]);
  const [refused, setRefused] = useState<unknown>(null);
  const form = useForm(start, refused, () => '');
  const number = form.value('/partner') as number | null;
  const partner = usePartner(number).data;
  const lines = form.value('/lines') as unknown as Line[];
  const currency = form.text('/currency');
  const [isOwnOwner, setOwnOwner] = useState(false);

  // The customer's owner looks after the order too, unless somebody else was chosen (R43).
  const usualOwner = partner?.owner?.id;
  useEffect(() => { if (!isOwnOwner && partner) form.set('/owner', usualOwner ?? null); }, [partner?.number, usualOwner, isOwnOwner]);

  const judged = judgedLines(lines);
  const trial = useTrial(number === null ? null : { partner: number, currency, lines: writtenLines(judged, currency) as NonNullable<Schemas['OrderFields']['lines']> });
  const usualDiscount = trial?.lines[judged.findIndex(line => line.discount === null)]?.discountPercent ?? 0;
  const warning = trial?.warnings[0];

  // What is not filled in is the customer's, or the company's; but who looks after it is as it is shown.
  const given = Object.fromEntries(Object.entries(form.members).filter(([member, value]) => (member === 'owner' ? partner || isOwnOwner : value !== null && !isEmpty(value) && (member !== 'creditReason' || warning))));
  const body = { ...given, lines: writtenLines(lines, currency) } as Schemas['OrderFields'];
  const keyOf = useIdempotencyKeys();
  const place = useMutation({
    mutationFn: (body: Schemas['OrderFields']) => answer(api.POST('/api/v1/{company}/orders', { params: { path: { company }, header: { 'Idempotency-Key': keyOf(body) } }, body })),
    onMutate: () => setRefused(null),
    onError: setRefused,
    onSuccess: async order => {
      await queries.invalidateQueries({ queryKey: [company] });
      void go({ to: `/${company}/orders/${order.number}` });
    },
  });

  const watched = { ...form, set: (pointer: string, value: Json) => { if (pointer === '/owner') setOwnOwner(true); form.set(pointer, value); } };
  // That the customer's owner was filled in is nothing that could get lost.
  const isDirty = !isSame(start, { ...form.members, owner: isOwnOwner ? form.value('/owner') : null });
  return (
    <EditForm form={{ ...form, isDirty }} label={t('create.title')} error={refused} isSaving={place.isPending} save={t('create.save')} onCancel={() => void go({ to: `/${company}/orders` })} onSave={() => place.mutateAsync(body).then(() => true, () => false)}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <PartnerSelect label={t('column.partner')} required autoFocus={number === null} value={number} {...(partner ? { named: partner } : {})} error={form.error('/partner')} onChange={chosen => form.set('/partner', chosen)} />
        <Select label={t('field.currency')} required searchable allowDeselect={false} maw={160} data={currencies.includes(usualCurrency) ? currencies : [usualCurrency, ...currencies]} value={currency} error={form.error('/currency')} onChange={value => form.set('/currency', value)} />
      </SimpleGrid>
      {number !== null && warning && (
        <CreditWarning warning={warning} partner={number}>
          <Textarea label={t('credit.reason')} description={t('credit.reasonWhy')} autosize minRows={1} maxLength={1000} value={form.text('/creditReason')} error={form.error('/creditReason')} onChange={e => form.set('/creditReason', e.currentTarget.value)} />
        </CreditWarning>
      )}
      <Paper withBorder p="md" radius="md"><Title order={2} size="h6" mb="xs">{t('lines.title')}</Title>
        <Lines lines={lines} currency={currency} usualDiscount={usualDiscount} error={form.error} onChange={next => form.set('/lines', next as unknown as Json)} />
      </Paper>
      <Paper withBorder p="md" radius="md"><Title order={2} size="h6" mb="xs">{t('order.details')}</Title>
        <Stack gap="sm"><OrderFields form={watched} partner={number} owner={partner?.owner ?? null} usualCreditDays={partner?.invoicing?.creditDays ?? null} /></Stack>
      </Paper>
    </EditForm>
  );
}

const isEmpty = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(inner => inner === null);
