import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import { useForm } from '@web/edit/useForm';
import type { Department } from '@web/parts/company';
import { Dialog } from '@web/parts/Dialog';
import { useCompany } from '@web/session/session';

/** Letters without accents, digits and dashes: what the API names the department by, which never changes. */
const idOf = (name: string): string => name.toLowerCase().replaceAll('ø', 'o').replaceAll('æ', 'ae').normalize('NFKD').replaceAll(/[\u0300-\u036f]/g, '').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 40);

export default function DepartmentDialog({ department, onClose }: { department?: Department; onClose: () => void }) {
  const { t } = useTranslation('companies');
  const company = useCompany();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (name: string) => (department
      ? answer(api.PATCH('/api/v1/{company}/departments/{id}', { params: { path: { company, id: department.id } }, body: { name } }))
      : answer(api.POST('/api/v1/{company}/departments', { params: { path: { company } }, body: { id: idOf(name), name } }))),
    onSuccess: () => { void queries.invalidateQueries({ queryKey: [company] }); onClose(); },
  });
  const form = useForm({ name: department?.name ?? null }, save.error, () => '');
  const heading = department ? t('departments.edit', { name: department.name }) : t('departments.add');
  return (
    <Dialog onClose={onClose} title={heading}>
      <EditForm form={form} label={heading} error={save.error} isSaving={save.isPending} onCancel={onClose} onSave={() => save.mutateAsync(form.text('/name')).then(() => true, () => false)}>
        <TextInput label={t('users.name')} required data-autofocus value={form.text('/name')} error={form.error('/name') ?? form.error('/id')} onChange={e => form.set('/name', e.currentTarget.value)} />
      </EditForm>
    </Dialog>
  );
}
