import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@web/parts/Dialog';
import { PasswordForm } from './PasswordForm';

/** Changing the own password; everywhere else the user is signed out. */
export default function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const changed = () => {
    notifications.show({ color: 'green', title: t('password.changed'), message: t('password.changedWhy'), closeButtonProps: { 'aria-label': t('close') } });
    onClose();
  };
  return (
    <Dialog onClose={onClose} title={t('password.title')}>
      <Text c="dimmed" size="sm" mb="md">{t('password.elsewhere')}</Text>
      <PasswordForm onChanged={changed} />
    </Dialog>
  );
}
