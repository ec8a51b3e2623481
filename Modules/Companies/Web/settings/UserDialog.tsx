import { Select, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import type { Members } from '@web/edit/patch';
import { useForm } from '@web/edit/useForm';
import type { Department } from '@web/parts/company';
import { Dialog } from '@web/parts/Dialog';
import { useCompany } from '@web/session/session';
import { type Member, roles } from './users';

interface Props { member?: Member; departments: Department[]; onClose: () => void; onInvited: (member: Member) => void }

/** Invites somebody, or changes what somebody is here. */
export default function UserDialog({ member, departments, onClose, onInvited }: Props) {
  const { t } = useTranslation('companies');
  const company = useCompany();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => (member
      ? answer(api.PATCH('/api/v1/{company}/users/{id}', { params: { path: { company, id: member.id! } }, body: form.changes as Schemas['MemberChange'] }))
      : answer(api.POST('/api/v1/{company}/users', { params: { path: { company } }, body: form.members as unknown as Schemas['NewMember'] }))),
    onSuccess: saved => {
      void queries.invalidateQueries({ queryKey: [company] });
      if (saved.invitation) onInvited(saved); else onClose();
    },
  });
  const given: Members = member ? { name: member.name, role: member.role, department: member.department, disabled: member.disabled } : { name: '', email: '', role: 'seller', department: null };
  const form = useForm(given, save.error, () => '');
  const heading = member ? t('users.edit', { name: member.name }) : t('users.invite');
  const offered = departments.filter(d => !d.disabled || d.id === member?.department).map(d => ({ value: d.id, label: d.name }));
  return (
    <Dialog onClose={onClose} title={heading}>
      <EditForm form={form} label={heading} error={save.error} isSaving={save.isPending} onCancel={onClose} onSave={() => save.mutateAsync().then(() => true, () => false)} {...(member ? {} : { save: t('users.makeLink') })}>
        <TextInput label={t('users.name')} required data-autofocus value={form.text('/name')} error={form.error('/name')} onChange={e => form.set('/name', e.currentTarget.value)} />
        {!member && <TextInput label={t('users.email')} required type="email" autoComplete="off" value={form.text('/email')} error={form.error('/email')} onChange={e => form.set('/email', e.currentTarget.value)} />}
        <Select label={t('users.role')} required allowDeselect={false} description={t(`roleMay.${form.text('/role')}`)} inputWrapperOrder={['label', 'input', 'description', 'error']} data={roles.map(role => ({ value: role, label: t(`role.${role}`) }))} value={form.text('/role')} error={form.error('/role')} onChange={value => form.set('/role', value)} />
        <Select label={t('users.department')} clearable clearButtonProps={{ 'aria-label': t('users.noDepartment') }} data={offered} value={form.text('/department') || null} error={form.error('/department')} onChange={value => form.set('/department', value)} />
        {member && <Switch label={t('users.maySignIn')} description={t('users.maySignInWhy')} checked={form.value('/disabled') !== true} onChange={e => form.set('/disabled', !e.currentTarget.checked)} />}
      </EditForm>
    </Dialog>
  );
}
