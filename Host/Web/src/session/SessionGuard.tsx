import { Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onSession } from '@web/api/client';
import { type Session, sessionKey } from './session';
import { SignInForm } from './SignInForm';

/** When the session ends under an open page: signs in over it, so that nothing that was typed is lost. */
export function SessionGuard() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [expired, setExpired] = useState(false);

  useEffect(() => onSession(happened => {
    if (happened === 'expired' && queries.getQueryData<Session>(sessionKey)) setExpired(true);
    if (happened === 'password') void queries.invalidateQueries({ queryKey: sessionKey });
  }), [queries]);

  const signedIn = () => {
    setExpired(false);
    void queries.invalidateQueries({ predicate: query => query.queryKey !== sessionKey });
  };

  return (
    <Modal opened={expired} onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={t('signIn.expired')} centered>
      <Text c="dimmed" size="sm" mb="md">{t('signIn.expiredWhy')}</Text>
      <SignInForm email={queries.getQueryData<Session>(sessionKey)?.user?.email ?? ''} onSignedIn={signedIn} />
    </Modal>
  );
}
