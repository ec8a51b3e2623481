import { Button, FileButton, Group, Paper, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpload } from './plugins';
import { Refused } from './Refused';

/** Takes a package, by choosing the file or by dropping it here. */
export function Upload() {
  const { t } = useTranslation('integrations');
  const go = useNavigate();
  const upload = useUpload();
  const [isOver, setOver] = useState(false);
  const take = (file: File | null | undefined) => { if (file) upload.mutate(file, { onSuccess: plugin => void go({ to: `/operator/plugins/${plugin.id}` }) }); };
  const dropped = (event: DragEvent) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files[0]); };
  return (
    <Paper withBorder p="md" radius="md" onDragOver={e => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={dropped}
      style={{ borderStyle: 'dashed', ...(isOver ? { borderColor: 'var(--mantine-color-blue-6)' } : {}) }}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw={480}>{t('upload.why')}</Text>
        <FileButton accept=".zip,application/zip" onChange={take}>{props => <Button {...props} leftSection={<IconUpload size={16} />} loading={upload.isPending}>{t('upload.button')}</Button>}</FileButton>
      </Group>
      <Stack mt={upload.error ? 'sm' : 0}><Refused error={upload.error} /></Stack>
    </Paper>
  );
}
