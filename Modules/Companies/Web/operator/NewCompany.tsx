import { Fieldset, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import { CountrySelect } from '@web/edit/selects';
import { useForm } from '@web/edit/useForm';
import { languages } from '@web/i18n';
import { Dialog } from '@web/parts/Dialog';
import { currencies } from '@web/parts/currencies';
import { invitationLink, SecretOnce } from '../SecretOnce';
import { timeZones } from '../settings/profile';
import { companiesQuery, slugOf, usual } from './companies';

/** Makes a company; its first administrator gets in with the link that is shown once. */
export default function NewCompany({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('companies');
  const queries = useQueryClient();
  const [isOwnSlug, setOwnSlug] = useState(false);
  const make = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/operator/companies', { body: form.members as unknown as Schemas['NewCompany'] })),
    onSuccess: () => queries.invalidateQueries(companiesQuery),
  });
  const form = useForm({ name: '', slug: '', country: 'SE', ...usual['SE']!, admin: { name: '', email: '' } }, make.error, () => '');
  const text = (pointer: string, label: string) => ({ label, required: true, value: form.text(pointer), error: form.error(pointer) });

  if (make.data) {
    return (
      <Dialog onClose={onClose} title={t('operator.made', { name: make.data.name })} size="lg" closeOnClickOutside={false}>
        <SecretOnce label={t('invitation.link')} secret={invitationLink(make.data.invitation ?? '')} why={t('invitation.why', { email: form.text('/admin/email') })} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog onClose={onClose} title={t('operator.make')} size="lg">
      <EditForm form={form} label={t('operator.make')} error={make.error} isSaving={make.isPending} save={t('operator.make')} onCancel={onClose} onSave={() => make.mutateAsync().then(() => true, () => false)}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput {...text('/name', t('profile.name'))} data-autofocus onChange={e => { const name = e.currentTarget.value; form.set('/name', name); if (!isOwnSlug) form.set('/slug', slugOf(name)); }} />
          <TextInput {...text('/slug', t('operator.slug'))} description={t('operator.slugWhy')} inputWrapperOrder={['label', 'input', 'description', 'error']} onChange={e => { setOwnSlug(true); form.set('/slug', e.currentTarget.value); }} />
          <CountrySelect label={t('profile.country')} required value={form.text('/country')} error={form.error('/country')} onChange={code => {
            form.set('/country', code);
            for (const [member, value] of Object.entries(usual[code ?? ''] ?? {})) form.set(`/${member}`, value);
          }} />
          <Select {...text('/baseCurrency', t('profile.baseCurrency'))} searchable allowDeselect={false} data={currencies} onChange={value => form.set('/baseCurrency', value)} />
          <Select {...text('/language', t('profile.language'))} allowDeselect={false} data={Object.entries(languages).map(([value, label]) => ({ value, label }))} onChange={value => form.set('/language', value)} />
          <Select {...text('/timeZone', t('profile.timeZone'))} searchable allowDeselect={false} data={timeZones} onChange={value => form.set('/timeZone', value)} />
        </SimpleGrid>
        <Fieldset legend={t('operator.admin')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput {...text('/admin/name', t('users.name'))} onChange={e => form.set('/admin/name', e.currentTarget.value)} />
            <TextInput {...text('/admin/email', t('users.email'))} type="email" autoComplete="off" onChange={e => form.set('/admin/email', e.currentTarget.value)} />
          </SimpleGrid>
        </Fieldset>
      </EditForm>
    </Dialog>
  );
}
