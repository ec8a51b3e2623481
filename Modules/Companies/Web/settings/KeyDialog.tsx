import { Checkbox, Fieldset, Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import { useForm } from '@web/edit/useForm';
import { Dialog } from '@web/parts/Dialog';
import { useCompany } from '@web/session/session';
import { SecretOnce } from '../SecretOnce';
import { roles } from './users';

/** What a key can be narrowed to, as the API has it. */
const areas = { partners: ['read', 'write'], cases: ['read', 'write'], orders: ['read', 'write'], activities: ['read', 'write'], settings: ['read', 'write'], users: ['read', 'write'], keys: ['read', 'write'], imports: ['read', 'write'], operations: ['read', 'write'], events: ['read'] };
const adminOnly = ['settings:write', 'users:write', 'keys:read', 'keys:write', 'imports:write'];
const may = (role: string, scope: string) => role === 'admin' || (!adminOnly.includes(scope) && (role === 'seller' || scope.endsWith(':read')));

const lifetimes = ['30', '90', '365', 'never'];
const dayLong = 86_400_000;

/** Makes a key; what it opens is told once. */
export default function KeyDialog({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const { t } = useTranslation('companies');
  const company = useCompany();
  const [lifetime, setLifetime] = useState('365');
  const make = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/{company}/api-keys', {
      params: { path: { company } },
      body: {
        name: form.text('/name'), role: form.text('/role') as Schemas['Role'],
        ...(isNarrowed ? { scopes: chosen } : {}),
        ...(lifetime === 'never' ? {} : { expiresAt: new Date(Date.now() + Number(lifetime) * dayLong).toISOString() }),
      },
    })),
    onSuccess: onMade,
  });
  const form = useForm({ name: null, role: 'reader', isNarrowed: false, scopes: [] }, make.error, () => '');
  const isNarrowed = form.value('/isNarrowed') === true;
  const chosen = form.list('/scopes').filter(scope => may(form.text('/role'), scope));

  if (make.data) {
    return (
      <Dialog onClose={onClose} title={t('keys.made', { name: make.data.name })} size="lg" closeOnClickOutside={false}>
        <SecretOnce label={t('keys.token')} secret={make.data.token ?? ''} why={t('keys.tokenWhy')} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog onClose={onClose} title={t('keys.make')}>
      <EditForm form={form} label={t('keys.make')} error={make.error} isSaving={make.isPending} save={t('keys.make')} onCancel={onClose} onSave={() => make.mutateAsync().then(() => true, () => false)}>
        <TextInput label={t('users.name')} description={t('keys.nameWhy')} required data-autofocus value={form.text('/name')} error={form.error('/name')} onChange={e => form.set('/name', e.currentTarget.value)} />
        <Select label={t('users.role')} required allowDeselect={false} description={t(`roleMay.${form.text('/role')}`)} inputWrapperOrder={['label', 'input', 'description', 'error']} data={roles.map(role => ({ value: role, label: t(`role.${role}`) }))} value={form.text('/role')} error={form.error('/role')} onChange={value => form.set('/role', value)} />
        <Select label={t('keys.lifetime')} required allowDeselect={false} data={lifetimes.map(value => ({ value, label: t(`lifetime.${value}`) }))} value={lifetime} error={form.error('/expiresAt')} onChange={value => setLifetime(value ?? lifetime)} />
        <Switch label={t('keys.narrow')} description={t('keys.narrowWhy')} checked={isNarrowed} onChange={e => form.set('/isNarrowed', e.currentTarget.checked)} />
        {isNarrowed && (
          <Fieldset legend={t('keys.scopes')}>
            <Checkbox.Group value={chosen} onChange={value => form.set('/scopes', value)} error={form.error('/scopes')}>
              <SimpleGrid cols={2} spacing="xs">
                {Object.entries(areas).flatMap(([area, ways]) => ways.map(way => `${area}:${way}`)).filter(scope => may(form.text('/role'), scope)).map(scope => (
                  <Checkbox key={scope} size="sm" value={scope} label={`${t(`area.${scope.split(':')[0]}`)}: ${t(`way.${scope.split(':')[1]}`)}`} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
          </Fieldset>
        )}
      </EditForm>
    </Dialog>
  );
}
