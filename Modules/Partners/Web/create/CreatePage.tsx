import { Accordion, Skeleton, Stack, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { Problem } from '@web/api/problem';
import { EditForm } from '@web/edit/EditForm';
import { Unread } from '@web/edit/Unread';
import type { Members } from '@web/edit/patch';
import { useIdempotencyKeys } from '@web/edit/idempotency';
import { useForm } from '@web/edit/useForm';
import type { OfferedBranch } from '@web/modules';
import { useProfile } from '@web/parts/company';
import { problemText } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { IdentityFields, KindFields, ParentFields } from '../fields/CompanyFields';
import { EInvoiceFields, InvoicingFields } from '../fields/InvoicingFields';
import { OwnerFields } from '../fields/OwnerFields';
import { useRefusals } from '../fields/partner';
import { AddressFields, ReachFields } from '../fields/ReachFields';
import { type Partner, partnerQuery } from '../partners';
import { Branches, chosenBranches } from './Branches';
import { Duplicates } from './Duplicates';
import { accountingQuery, fieldsOf, link } from './fromAccounting';
import { RegisterSlot } from './RegisterSlot';

/** The sections, and where the members in them begin; what is wrong opens its section. */
const sections = { address: ['/addresses'], reach: ['/phone', '/email', '/website'], invoicing: ['/invoicing', '/creditLimit'], eInvoice: ['/invoicing/eInvoice'], owners: ['/owner', '/coOwners', '/department'], branch: ['/parent', '/branchNumber'] };

/** /{company}/partners/new, with ?parent=1042 for a branch (R20, R47, R50), or with ?accounting=318 for what a customer of an accounting system is. */
export default function CreatePage() {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const search = useSearch({ strict: false }) as { parent?: string; accounting?: string };
  const [parent, accounting] = [Number(search.parent) || null, Number(search.accounting) || null];
  const { data: profile, error } = useProfile();
  const { data: head, error: noHead } = useQuery(partnerQuery(company, parent));
  const { data: customer, error: noCustomer } = useQuery(accountingQuery(company, accounting));
  // What a new one begins with has to be known before the form is made.
  const waiting = <Stack p="md" maw="56rem"><Skeleton height={28} width="30%" /><Skeleton height={420} /></Stack>;
  if ((!profile && !error) || (parent !== null && !head && !noHead) || (accounting !== null && !customer && !noCustomer)) return waiting;
  const country = head?.country ?? profile?.country ?? 'SE';
  const unread = parent !== null && !head ? { what: t('web:unread.partner', { number: parent }), error: noHead } : accounting !== null && !customer ? { what: t('create.unreadAccounting'), error: noCustomer } : null;
  return (
    <Suspense fallback={waiting}>
      <CreateForm key={`${parent} ${accounting}`} parent={head ?? null} unread={unread} given={customer ? fieldsOf(customer, country) : {}} country={country} currency={profile?.baseCurrency ?? 'SEK'}
        {...(customer ? { onMade: (partner: Partner) => link(company, customer.number, partner.number) } : {})} />
    </Suspense>
  );
}

interface Props {
  parent: Partner | null;
  /** What the address names that could not be read, and why; null = nothing is wrong. */
  unread: { what: string; error: unknown } | null;
  /** What is known of it already. */
  given: Members;
  country: string;
  currency: string;
  /** What is done with the partner before its card is opened. */
  onMade?: (partner: Partner) => Promise<unknown>;
}

function CreateForm({ parent, unread, given, country, currency, onMade }: Props) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const go = useNavigate();
  const router = useRouter();
  const queries = useQueryClient();
  const start: Members = { country, relations: parent?.relations ?? ['customer'], parent: parent?.number ?? null, ...given };
  const [error, setError] = useState<unknown>(null);
  const form = useForm(start, error, useRefusals());
  const keyOf = useIdempotencyKeys();
  const afterwards = useRef<((partner: Partner) => void) | null>(null);
  const create = useMutation({
    mutationFn: (body: Schemas['NewPartner']) => answer(api.POST('/api/v1/{company}/partners', { params: { path: { company }, header: { 'Idempotency-Key': keyOf(body) } }, body })),
    onError: setError,
    onSuccess: async partner => {
      queries.setQueryData(partnerQuery(company, partner.number).queryKey, partner);
      void queries.invalidateQueries({ queryKey: [company] });
      afterwards.current?.(partner);
      await onMade?.(partner).catch((failed: unknown) => notifications.show({ color: 'red', message: problemText(failed, t) }));
      await go({ to: `/${company}/partners/${partner.number}`, replace: true });
    },
  });
  const save = () => create.mutateAsync(form.members as unknown as Schemas['NewPartner']).then(() => true, () => false);
  const cancel = () => { if (router.history.canGoBack()) router.history.back(); else void go({ to: `/${company}/crm` }); };

  const [offered, offer] = useState<readonly OfferedBranch[]>([]);
  const filled = (branches: readonly OfferedBranch[]) => {
    setOpened(now => [...new Set([...now, 'address', 'reach'])]);
    // Those of the firm that was chosen before are not this one's.
    form.set('/branches', null);
    offer(branches);
  };
  const many = chosenBranches(form).length;

  const [opened, setOpened] = useState<string[]>(parent ? ['branch'] : Object.keys(given).length > 0 ? ['address', 'reach'] : []);
  useEffect(() => {
    const wrong = error instanceof Problem ? Object.keys(error.errors) : [];
    setOpened(now => [...new Set([...now, ...Object.entries(sections).filter(([, starts]) => wrong.some(p => starts.some(s => p.startsWith(s)))).map(([name]) => name)])]);
  }, [error]);
  const parts: [keyof typeof sections, ReactNode][] = [
    ['address', <AddressFields key="address" form={form} />],
    ['reach', <ReachFields key="reach" form={form} />],
    ['invoicing', <InvoicingFields key="invoicing" form={form} currency={currency} />],
    ['eInvoice', <EInvoiceFields key="eInvoice" form={form} />],
    ['owners', <OwnerFields key="owners" form={form} />],
    ['branch', <ParentFields key="branch" form={form} parentName={parent?.name} />],
  ];
  return (
    <div style={{ padding: '1rem', maxWidth: '56rem' }}>
      <Title order={1} size="h3" mb="md">{parent ? t('create.branch', { name: parent.name }) : t('create.title')}</Title>
      {unread && <Unread what={unread.what} error={unread.error} />}
      <EditForm form={form} label={t('create.title')} error={error} isSaving={create.isPending} onSave={save} onCancel={cancel} save={many > 0 ? t('create.saveWith', { count: many }) : t('create.save')}>
        <RegisterSlot form={form} onFilled={filled} onChosen={then => { afterwards.current = then; }} />
        <IdentityFields form={form} autoFocus below={<Duplicates name={form.text('/name')} organisationNumber={form.text('/organisationNumber')} />} />
        <KindFields form={form} />
        <Accordion multiple variant="contained" value={opened} onChange={setOpened} chevronPosition="left">
          {parts.map(([name, fields]) => <Accordion.Item key={name} value={name}><Accordion.Control>{t(`create.section.${name}`)}</Accordion.Control><Accordion.Panel><Stack gap="sm">{fields}</Stack></Accordion.Panel></Accordion.Item>)}
        </Accordion>
        <Branches form={form} offered={offered} />
      </EditForm>
    </div>
  );
}
