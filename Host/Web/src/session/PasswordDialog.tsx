import { Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { PasswordForm } from './PasswordForm';

/** Changing the own password; everywhere else the user is signed out. */
export default function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const changed = () => {
    notifications.show({ color: 'green', title: t('password.changed'), message: t('password.changedWhy'), closeButtonProps: { 'aria-label': t('close') } });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('password.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Text c="dimmed" size="sm" mb="md">{t('password.elsewhere')}</Text>
      <PasswordForm onChanged={changed} />
    </Modal>
  );
}
