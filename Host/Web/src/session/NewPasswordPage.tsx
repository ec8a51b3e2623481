import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Doorway } from './Doorway';
import { PasswordForm } from './PasswordForm';

/** The password that an administrator or the first start gave has to be changed before anything else. */
export default function NewPasswordPage() {
  const { t } = useTranslation();
  return <Doorway title={t('password.title')}><Text c="dimmed" size="sm" mb="md">{t('password.why')}</Text><PasswordForm /></Doorway>;
}
