import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@web/api/problem';
import { problemText } from '@web/parts/ProblemText';
import { useKeys } from '@web/parts/useKeys';
import { UnsavedGuard } from './UnsavedGuard';
import type { Form } from './useForm';

interface Props {
  form: Form;
  label: string;
  error: unknown;
  isSaving: boolean;
  /** True = saved; then leaving needs no question. */
  onSave: () => Promise<boolean>;
  onCancel: () => void;
  save?: string;
  children: ReactNode;
}

/** A form over some members: Ctrl+Enter saves, Esc gives up, the first wrong field gets the focus. */
export function EditForm({ form, label, error, isSaving, onSave, onCancel, save, children }: Props) {
  const { t } = useTranslation();
  const element = useRef<HTMLFormElement>(null);
  const isLeaving = useRef(false);

  useEffect(() => { if (error) (element.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? element.current?.querySelector<HTMLElement>('[role="alert"]'))?.focus(); }, [error]);

  useKeys({ 'mod+Enter': { text: t('web:help.save') }, Escape: { text: t('web:help.cancel') } });
  const submit = async () => {
    if (isSaving) return;
    const misread = element.current?.querySelector<HTMLElement>('[data-misread]');
    if (misread) return void misread.focus();
    isLeaving.current = true;
    if (!await onSave()) isLeaving.current = false;
  };
  // The key that saves is also the one with which a field takes what was typed: that is drawn first.
  const [pressedSave, pressSave] = useState(0);
  useEffect(() => { if (pressedSave > 0) void submit(); }, [pressedSave]);

  // React also brings along what happens in dialogs that are opened from here, though they stand elsewhere on the page.
  const isHere = ({ target }: { target: EventTarget }) => element.current?.contains(target as Node) ?? false;
  const pressed = (event: KeyboardEvent) => {
    if (!isHere(event)) return;
    // A list of choices or a dialog that is open takes Esc for itself.
    if (event.key === 'Escape' && !event.defaultPrevented && (event.target as Element).getAttribute('aria-expanded') !== 'true') { event.stopPropagation(); onCancel(); }
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) pressSave(pressedSave + 1);
    else return;
    event.preventDefault();
  };
  return (
    <form ref={element} noValidate aria-label={label} onKeyDown={pressed} onSubmit={event => { if (!isHere(event)) return; event.preventDefault(); void submit(); }}>
      <UnsavedGuard isDirty={() => form.isDirty && !isLeaving.current} />
      <Stack gap="sm">
        {children}
        <Refused form={form} error={error} />
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onCancel}>{t('web:cancel')}</Button>
          <Button size="xs" type="submit" loading={isSaving}>{save ?? t('web:edit.save')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What is wrong, beside the button that was pressed; after the fields, which by then have taken what is theirs. */
function Refused({ form, error }: { form: Form; error: unknown }) {
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  const isAtFields = error instanceof Problem && Object.keys(error.errors).length > 0;
  return (
    <Alert color="red" p="xs" icon={<IconAlertCircle />} role="alert" tabIndex={-1} title={isAtFields ? t('web:edit.refused') : form.refusal || problemText(error, t)}>
      {isAtFields && form.rest().map(words => <Text key={words} size="sm">{words}</Text>)}
    </Alert>
  );
}
