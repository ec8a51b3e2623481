import { Alert, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@web/api/client';
import { ProblemNote } from '@web/parts/ProblemText';
import { Doorway } from './Doorway';
import { shortest } from './PasswordForm';
import { useBeginSession } from './session';

/** Where the link of an invitation leads: /invitation#…; after # nothing reaches a server or its logs. */
export default function InvitationPage() {
  const { t } = useTranslation();
  const go = useNavigate();
  const token = useLocation().hash;
  const [password, setPassword] = useState('');
  const accept = useBeginSession((body: { token: string; password: string }) => api.POST('/api/v1/session/invitation', { body }), () => void go({ to: '/', replace: true }));
  return (
    <Doorway title={t('invitation.title')}>
      <form onSubmit={(event: FormEvent) => { event.preventDefault(); accept.mutate({ token, password }); }}>
        <Stack>
          <Text c="dimmed" size="sm">{t('invitation.why')}</Text>
          {token === '' && <Alert color="red" icon={<IconAlertCircle />} role="alert">{t('invitation.noToken')}</Alert>}
          <ProblemNote error={accept.error} notSignedIn={'web:problem.invitation'} />
          <PasswordInput label={t('invitation.password')} description={t('password.rule', { count: shortest })} autoComplete="new-password" required minLength={shortest} data-autofocus visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }} value={password} onChange={e => setPassword(e.currentTarget.value)} />
          <Button type="submit" loading={accept.isPending} disabled={token === ''}>{t('invitation.accept')}</Button>
        </Stack>
      </form>
    </Doorway>
  );
}
