import { Checkbox, Group, SimpleGrid, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import { useIdempotencyKeys } from '@web/edit/idempotency';
import { type Form, useForm } from '@web/edit/useForm';
import { useSave } from '@web/edit/useSave';
import { useCompany } from '@web/session/session';
import { type Contact, useContactThing, writtenContact } from '../fields/contact';
import { useRefusals } from '../fields/partner';

interface Props { number: number; onDone: () => void }

/** Adds or changes a person. */
export function ContactForm({ contact, ...props }: Props & { contact?: Contact }) {
  return contact ? <Change contact={contact} {...props} /> : <Add {...props} />;
}

function Change({ contact, number, onDone }: Props & { contact: Contact }) {
  const { t } = useTranslation('partners');
  const [seen] = useState(contact);
  const saving = useSave(useContactThing(contact, number));
  const form = useForm(writtenContact(seen), saving.error, useRefusals());
  const save = async () => {
    const saved = await saving.save(form.changes, seen);
    if (saved) onDone();
    return saved;
  };
  return <EditForm form={form} label={t('contact.edit', { name: seen.name })} error={saving.error} isSaving={saving.isSaving} onSave={save} onCancel={onDone}><Fields form={form} isNew={false} />{saving.dialog}</EditForm>;
}

function Add({ number, onDone }: Props) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const form = useForm({ name: null, title: null, email: null, phone: null, primary: false, active: true }, error, useRefusals());
  const keyOf = useIdempotencyKeys();
  const add = useMutation({
    mutationFn: (body: Schemas['ContactFields']) => answer(api.POST('/api/v1/{company}/partners/{number}/contacts', { params: { path: { company, number }, header: { 'Idempotency-Key': keyOf(body) } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [company] }),
    onError: setError,
  });
  const save = () => add.mutateAsync(form.changes as Schemas['ContactFields']).then(() => { onDone(); return true; }, () => false);
  return <EditForm form={form} label={t('contact.add')} error={error} isSaving={add.isPending} onSave={save} onCancel={onDone}><Fields form={form} isNew /></EditForm>;
}

function Fields({ form, isNew }: { form: Form; isNew: boolean }) {
  const { t } = useTranslation('partners');
  const text = (member: string) => ({ label: t(`contact.field.${member}`), value: form.text(`/${member}`), error: form.error(`/${member}`), onChange: (e: { currentTarget: { value: string } }) => form.set(`/${member}`, e.currentTarget.value) });
  const tick = (member: string) => ({ label: t(`contact.field.${member}`), checked: form.value(`/${member}`) === true, error: form.error(`/${member}`), onChange: (e: { currentTarget: { checked: boolean } }) => form.set(`/${member}`, e.currentTarget.checked) });
  return (
    <>
      <SimpleGrid type="container" cols={{ base: 1, '360px': 2 }} spacing="sm">
        <TextInput required autoFocus {...text('name')} />
        <TextInput {...text('title')} />
        <TextInput type="email" {...text('email')} />
        <TextInput type="tel" {...text('phone')} />
      </SimpleGrid>
      <Group>
        <Checkbox {...tick('primary')} />
        {!isNew && <Checkbox {...tick('active')} />}
      </Group>
    </>
  );
}
