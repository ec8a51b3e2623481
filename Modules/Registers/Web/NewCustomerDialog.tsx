import { Alert, Button, Group, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCopyCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import { useIdempotencyKeys } from '@web/edit/idempotency';
import { CountrySelect } from '@web/edit/selects';
import { useForm } from '@web/edit/useForm';
import type { NewCustomerProps } from '@web/modules';
import { Dialog } from '@web/parts/Dialog';
import { partnerQuery } from '@web/parts/partner';
import { useCompany } from '@web/session/session';
import LookUp from './LookUp';

interface Props extends NewCustomerProps { country: string; onClose: () => void }

/** Makes a customer from a register, or by hand where that knows nothing (R51). One that is there already is offered instead. */
export default function NewCustomerDialog({ country, onClose, onMade }: Props) {
  const { t } = useTranslation('registers');
  const company = useCompany();
  const queries = useQueryClient();
  const keyOf = useIdempotencyKeys();
  const [error, setError] = useState<unknown>(null);
  const afterwards = useRef<((partner: Schemas['PartnerView']) => void) | null>(null);
  const form = useForm({ country, relations: ['customer'], name: null, parent: null }, error, code => t(`refused.${code}`, { defaultValue: '' }));
  const same = useSame(form.text('/organisationNumber'), form.text('/country'));
  const create = useMutation({
    mutationFn: (body: Schemas['PartnerFields']) => answer(api.POST('/api/v1/{company}/partners', { params: { path: { company }, header: { 'Idempotency-Key': keyOf(body) } }, body })),
    onError: setError,
    onSuccess: partner => {
      queries.setQueryData(partnerQuery(company, partner.number).queryKey, partner);
      void queries.invalidateQueries({ queryKey: [company] });
      afterwards.current?.(partner);
      onMade(partner);
    },
  });
  const save = () => {
    if (same) { onMade(same); return Promise.resolve(true); }
    return create.mutateAsync(form.members as unknown as Schemas['PartnerFields']).then(() => true, () => false);
  };
  const text = (pointer: string, label: string) => ({ label, value: form.text(pointer), error: form.error(pointer), onChange: (e: { currentTarget: { value: string } }) => form.set(pointer, e.currentTarget.value) });
  return (
    <Dialog title={t('customer.title')} size="lg" onClose={onClose}>
      <EditForm form={form} label={t('customer.title')} error={error} isSaving={create.isPending} onSave={save} onCancel={onClose} save={same ? t('customer.choose') : t('customer.make')}>
        <CountrySelect label={t('customer.country')} required value={form.text('/country')} error={form.error('/country')} onChange={value => form.set('/country', value)} />
        <LookUp form={form} onChosen={then => { afterwards.current = then; }} />
        <TextInput {...text('/name', t('customer.name'))} required maxLength={200} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput {...text('/organisationNumber', t('customer.organisationNumber'))} autoComplete="off" />
          <TextInput {...text('/vatNumber', t('customer.vatNumber'))} autoComplete="off" />
          <TextInput {...text('/phone', t('customer.phone'))} type="tel" />
          <TextInput {...text('/email', t('customer.email'))} type="email" />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
          <Textarea {...text('/addresses/visiting/street', t('customer.street'))} autosize minRows={1} maxRows={3} />
          <TextInput {...text('/addresses/visiting/postalCode', t('customer.postalCode'))} />
          <TextInput {...text('/addresses/visiting/city', t('customer.city'))} />
        </SimpleGrid>
        <div role="status">
          {same && (
            <Alert color="yellow" p="xs" icon={<IconCopyCheck />} title={t('customer.there')}>
              <Group justify="space-between" gap="xs"><Text size="sm">{[same.name, same.number, same.organisationNumber].filter(Boolean).join(' · ')}</Text><Button size="compact-sm" variant="default" onClick={() => onMade(same)}>{t('customer.choose')}</Button></Group>
            </Alert>
          )}
        </div>
      </EditForm>
    </Dialog>
  );
}

/** The partner that has the same organisation number already. */
function useSame(organisationNumber: string, country: string): Schemas['PartnerView'] | undefined {
  const company = useCompany();
  const [number] = useDebouncedValue(organisationNumber.trim(), 200);
  const { data } = useQuery({
    queryKey: [company, 'partners', 'same', number],
    enabled: number.length >= 6,
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/partners', { params: { path: { company }, query: { organisationNumber: [number], limit: 10 } }, signal }))).items,
  });
  return number === organisationNumber.trim() ? data?.find(partner => partner.country === country) : undefined;
}
