import { MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChoiceSelect, PersonSelect } from '@web/edit/selects';
import type { Form } from '@web/edit/useForm';
import { useDepartments } from '@web/parts/company';
import { useUsers } from '../partners';

/** Who looks after a new partner (R56), and the department, where there is more than one (R58). */
export function OwnerFields({ form }: { form: Form }) {
  const { t } = useTranslation('partners');
  const users = useUsers().filter(u => !u.disabled && u.id !== null);
  const departments = (useDepartments().data ?? []).filter(d => !d.disabled);
  const owner = form.text('/owner') || null;
  return (
    <>
      <PersonSelect label={t('owner.main')} value={owner} error={form.error('/owner')} onChange={id => { form.set('/owner', id); form.set('/coOwners', form.list('/coOwners').filter(o => o !== id)); }} />
      <MultiSelect label={t('field.coOwners')} searchable hidePickedOptions data={users.filter(u => u.id !== owner).map(u => ({ value: u.id!, label: u.name }))} value={form.list('/coOwners')} error={form.error('/coOwners')} onChange={ids => form.set('/coOwners', ids)} />
      {departments.length > 1 && <ChoiceSelect label={t('field.department')} choices={departments.map(d => ({ key: d.id, name: d.name, names: {}, disabled: false }))} value={form.text('/department') || null} error={form.error('/department')} onChange={id => form.set('/department', id)} />}
    </>
  );
}
