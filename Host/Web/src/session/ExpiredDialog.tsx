import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@web/parts/Dialog';
import { SignInForm } from './SignInForm';

export default function ExpiredDialog({ email, onSignedIn }: { email: string; onSignedIn: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={t('signIn.expired')} centered>
      <Text c="dimmed" size="sm" mb="md">{t('signIn.expiredWhy')}</Text>
      <SignInForm email={email} onSignedIn={onSignedIn} />
    </Dialog>
  );
}
