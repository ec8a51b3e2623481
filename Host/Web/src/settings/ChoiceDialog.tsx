import { Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EditForm } from '@web/edit/EditForm';
import { FigureInput } from '@web/edit/numbers';
import { useForm } from '@web/edit/useForm';
import { languages } from '@web/i18n';
import { Dialog } from '@web/parts/Dialog';
import type { Choice, ChoiceChange } from './choices';
import type { ChoiceNumber } from './ChoicesSection';

/** Small letters, digits and dashes: what the API names the choice by, which never changes. */
const keyOf = (name: string): string => name.trim().toLowerCase().replaceAll(/[^\p{L}\p{Nd}]+/gu, '-').replaceAll(/^-|-$/g, '').slice(0, 60);

interface Props { title: string; choice?: Choice; number?: ChoiceNumber; onSave: (fields: ChoiceChange) => Promise<unknown>; onClose: () => void }

/** Adds a choice, or names one anew. */
export default function ChoiceDialog({ title, choice, number, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const save = useMutation({ mutationFn: onSave, onSuccess: onClose });
  const form = useForm({ name: choice?.name ?? null, names: choice?.names ?? {}, ...(number ? { [number.field]: choice?.[number.field] ?? null } : {}) }, save.error, () => '');
  const amount = number ? form.value(`/${number.field}`) as number | null : null;
  const fields = (): ChoiceChange => ({
    ...(choice ? {} : { key: keyOf(form.text('/name')) }),
    name: form.text('/name'),
    names: Object.fromEntries(Object.entries(form.members['names'] as Record<string, string | null>).filter(([, text]) => text !== null)) as Record<string, string>,
    ...(number && (amount !== null || !number.isRequired) ? { [number.field]: amount } : {}),
  });
  const heading = choice ? t('settings.editOne', { title }) : t('settings.addOne', { title });
  return (
    <Dialog onClose={onClose} title={heading}>
      <EditForm form={form} label={heading} error={save.error} isSaving={save.isPending} onCancel={onClose} onSave={() => save.mutateAsync(fields()).then(() => true, () => false)}>
        <TextInput label={t('settings.name')} description={t('settings.nameWhy')} required data-autofocus maxLength={100} value={form.text('/name')} error={form.error('/name') ?? form.error('/key')} onChange={e => form.set('/name', e.currentTarget.value)} />
        {number && <FigureInput label={number.label} suffix=" %" max={100} allowDecimal={number.field === 'discountPercent'} decimalScale={2} disabled={choice?.builtIn ?? false} value={amount} error={form.error(`/${number.field}`)}
          {...(choice?.builtIn ? { description: t('settings.numberFixed') } : {})} onChange={value => form.set(`/${number.field}`, value)} />}
        <Text size="sm" fw={600} mb={-8}>{t('settings.names')}</Text>
        {Object.entries(languages).map(([tag, tongue]) => (
          <TextInput key={tag} lang={tag} label={tongue} placeholder={form.text('/name')} maxLength={100} value={form.text(`/names/${tag}`)} error={form.error(`/names/${tag}`)} onChange={e => form.set(`/names/${tag}`, e.currentTarget.value)} />
        ))}
      </EditForm>
    </Dialog>
  );
}
