import { Alert, Button, CopyButton, Group, Stack, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Something that the server tells only once: a key, or the link of an invitation. */
export function SecretOnce({ label, secret, why, onDone }: { label: string; secret: string; why: string; onDone: () => void }) {
  const { t } = useTranslation('companies');
  return (
    <Stack>
      <Alert color="yellow" icon={<IconKey />} role="status">{why}</Alert>
      <TextInput label={label} readOnly data-autofocus value={secret} onFocus={e => e.currentTarget.select()} styles={{ input: { fontFamily: 'monospace' } }} />
      <Group justify="flex-end">
        <CopyButton value={secret} timeout={4000}>
          {({ copied, copy }) => <Button variant="default" leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy} aria-live="polite">{t(copied ? 'secret.copied' : 'secret.copy')}</Button>}
        </CopyButton>
        <Button onClick={onDone}>{t('secret.done')}</Button>
      </Group>
    </Stack>
  );
}

/** Where an invited person chooses a password. After # nothing reaches a server, so the token is in no log. */
export const invitationLink = (token: string): string => `${location.origin}/invitation#${token}`;
