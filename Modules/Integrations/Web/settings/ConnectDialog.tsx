import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@web/parts/Dialog';
import type { Start } from './connection';

/** Before the first consent: what the system has to know of us, and the way there. */
export default function ConnectDialog({ name, start: { address, redirectUri }, onClose }: { name: string; start: Start; onClose: () => void }) {
  const { t } = useTranslation('integrations');
  return (
    <Dialog title={t('connection.connectOf', { name })} onClose={onClose}>
      <Stack>
        <TextInput label={t('connection.redirect')} description={t('connection.redirectWhy', { name })} readOnly value={redirectUri} onFocus={e => e.currentTarget.select()} styles={{ input: { fontFamily: 'monospace' } }} />
        <CopyButton value={redirectUri} timeout={4000}>
          {({ copied, copy }) => <Button size="xs" variant="default" style={{ alignSelf: 'start' }} leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />} onClick={copy} aria-live="polite">{t(copied ? 'connection.copied' : 'connection.copy')}</Button>}
        </CopyButton>
        <Text size="sm">{t('connection.then', { name })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web:cancel')}</Button>
          <Button component="a" href={address} data-autofocus leftSection={<IconExternalLink size={16} />}>{t('connection.go', { name })}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
