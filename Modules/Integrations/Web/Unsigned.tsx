import { Alert } from '@mantine/core';
import { IconShieldOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Stands wherever a plugin is seen that nobody has signed. */
export function Unsigned({ versions }: { versions?: string[] }) {
  const { t } = useTranslation('integrations');
  return <Alert color="yellow" p="xs" mt={versions ? 0 : 'xs'} icon={<IconShieldOff />} title={versions ? t('warning.unsigned', { versions: versions.join(', ') }) : t('unsigned')}>{t('warning.unsignedWhy')}</Alert>;
}
