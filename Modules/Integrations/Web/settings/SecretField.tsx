import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { moment } from '@web/parts/formats';
import { type FieldProps, useField } from './SettingField';

/** A secret: it is never shown again, only when it was set; it can be replaced or taken away. */
export function SecretField({ isCleared, onClear, ...props }: FieldProps & { isCleared: boolean; onClear: (is: boolean) => void }) {
  const { t } = useTranslation('integrations');
  const { form, integration, name, label } = props;
  const pointer = `/settings/${name}`;
  const setAt = integration.secrets[name];
  const field = useField(props);
  return (
    <div>
      <PasswordInput {...field} autoComplete="new-password" disabled={isCleared} placeholder={setAt ? t('secret.replace') : ''} visibilityToggleButtonProps={{ 'aria-label': t('secret.show', { label }) }}
        value={form.text(pointer)} onChange={e => form.set(pointer, e.currentTarget.value)} />
      {setAt && (
        <Group gap="xs" mt={4}>
          <Text size="xs" c="dimmed" role="status">{t(isCleared ? 'secret.goes' : 'secret.setAt', { when: moment(setAt) })}</Text>
          <Button size="compact-xs" variant="subtle" aria-label={isCleared ? t('secret.keepOf', { label }) : t('secret.clearOf', { label })} onClick={() => { form.set(pointer, null); onClear(!isCleared); }}>{isCleared ? t('secret.keep') : t('secret.clear')}</Button>
        </Group>
      )}
    </div>
  );
}
