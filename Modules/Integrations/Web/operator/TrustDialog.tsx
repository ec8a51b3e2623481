import { Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import { useForm } from '@web/edit/useForm';
import { Dialog } from '@web/parts/Dialog';

/** Trusts the key of a publisher, so that packages signed with it are taken. */
export function TrustDialog({ onClose, onTrusted }: { onClose: () => void; onTrusted: () => void }) {
  const { t } = useTranslation('integrations');
  const trust = useMutation({ mutationFn: () => answer(api.POST('/api/v1/operator/publishers', { body: { name: form.text('/name'), publicKey: form.text('/publicKey') } })), onSuccess: onTrusted });
  const form = useForm({ name: null, publicKey: null }, trust.error, code => t(`refused.${code}`, { defaultValue: '' }));
  return (
    <Dialog title={t('publishers.trust')} size="lg" onClose={onClose}>
      <EditForm form={form} label={t('publishers.trust')} error={trust.error} isSaving={trust.isPending} save={t('publishers.trust')} onCancel={onClose} onSave={() => trust.mutateAsync().then(() => true, () => false)}>
        <TextInput label={t('publishers.name')} description={t('publishers.nameWhy')} required data-autofocus autoComplete="off" value={form.text('/name')} error={form.error('/name')} onChange={e => form.set('/name', e.currentTarget.value)} />
        <Textarea label={t('publishers.publicKey')} description={t('publishers.publicKeyWhy')} required autosize minRows={5} spellCheck={false} placeholder="-----BEGIN PUBLIC KEY-----" styles={{ input: { fontFamily: 'monospace' } }} value={form.text('/publicKey')} error={form.error('/publicKey')} onChange={e => form.set('/publicKey', e.currentTarget.value)} />
      </EditForm>
    </Dialog>
  );
}
