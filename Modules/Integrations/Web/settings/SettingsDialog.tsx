import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditForm } from '@web/edit/EditForm';
import type { Members } from '@web/edit/patch';
import { useForm } from '@web/edit/useForm';
import { Dialog } from '@web/parts/Dialog';
import { inLanguage } from '@web/parts/plugins';
import { Unsigned } from '../Unsigned';
import { type Integration, useChange, type Value, valuesOf } from './integrations';
import { SecretField } from './SecretField';
import { SettingField } from './SettingField';

interface Props { integration: Integration; switchOn: boolean; onClose: () => void; onSaved: () => void }

/** A plugin's settings, drawn from its schema. */
export default function SettingsDialog({ integration, switchOn, onClose, onSaved }: Props) {
  const { t } = useTranslation('integrations');
  const change = useChange(integration.plugin);
  const words = inLanguage(integration.texts);
  const properties = Object.entries(integration.schema?.properties ?? {});
  const start = Object.fromEntries(properties.map(([name]) => [name, valuesOf(integration)[name] ?? null]));
  const form = useForm({ settings: start }, change.error, code => t(`refused.${code}`, { defaultValue: '' }));
  // A secret is never read, so what is taken away cannot be told from what was left alone.
  const [cleared, setCleared] = useState<string[]>([]);

  const save = async () => {
    const settings = { ...(form.changes['settings'] as Members | undefined), ...Object.fromEntries(cleared.map(name => [name, null])) } as Record<string, Value>;
    if (Object.keys(settings).length > 0 || switchOn) {
      try { await change.mutateAsync({ settings, ...(switchOn ? { enabled: true } : {}) }); } catch { return false; }
    }
    onSaved();
    onClose();
    return true;
  };
  const title = t('settings.of', { name: words?.name ?? integration.plugin });
  return (
    <Dialog title={title} size="lg" onClose={onClose}>
      <EditForm form={{ ...form, isDirty: form.isDirty || cleared.length > 0 }} label={title} error={change.error} isSaving={change.isPending} onSave={save} onCancel={onClose} {...(switchOn ? { save: t('settings.saveAndTurnOn') } : {})}>
        {integration.signed === false && <Unsigned />}
        {properties.map(([name, setting]) => {
          const field = { form, integration, name, setting, label: words?.settings[name]?.title ?? name, help: words?.settings[name]?.help ?? null, error: change.error };
          return setting['x-secret']
            ? <SecretField key={name} {...field} isCleared={cleared.includes(name)} onClear={is => setCleared(is ? [...cleared, name] : cleared.filter(n => n !== name))} />
            : <SettingField key={name} {...field} />;
        })}
      </EditForm>
    </Dialog>
  );
}
