import { Alert, Group, Text } from '@mantine/core';
import { IconShieldOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Stands at a plugin that nobody has signed, wherever a company sees it. */
export function Unsigned() {
  const { t } = useTranslation('integrations');
  return (
    <Group gap={6} mt="xs" wrap="nowrap" align="start" c="var(--mantine-color-yellow-light-color)">
      <IconShieldOff size={16} style={{ flex: 'none', marginTop: 1 }} aria-hidden />
      <Text size="xs" fw={500}>{t('unsigned')}</Text>
    </Group>
  );
}

/** The same for who decides on it, with the versions. */
export function UnsignedVersions({ versions }: { versions: string[] }) {
  const { t } = useTranslation('integrations');
  return <Alert color="yellow" p="xs" icon={<IconShieldOff />} title={t('warning.unsigned', { versions: versions.join(', ') })}>{t('warning.unsignedWhy')}</Alert>;
}
