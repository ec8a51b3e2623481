import { Alert, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@web/api/client';
import { problemText } from '@web/parts/ProblemText';
import { Doorway } from './Doorway';
import { useBeginSession } from './session';

const shortest = 12;

/** The password that an administrator or the first start gave has to be changed before anything else. */
export function NewPasswordPage() {
  const { t } = useTranslation();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useBeginSession((body: { current: string; new: string }) => api.POST('/api/v1/session/password', { body }));
  return (
    <Doorway title={t('password.title')}>
      <form onSubmit={(event: FormEvent) => { event.preventDefault(); change.mutate({ current, new: next }); }}>
        <Stack>
          <Text c="dimmed" size="sm">{t('password.why')}</Text>
          {change.error && <Alert color="red" icon={<IconAlertCircle />} role="alert">{problemText(change.error, t)}</Alert>}
          <PasswordInput label={t('password.current')} autoComplete="current-password" required value={current} onChange={e => setCurrent(e.currentTarget.value)} />
          <PasswordInput label={t('password.new')} description={t('password.rule', { count: shortest })} autoComplete="new-password" required minLength={shortest} value={next} onChange={e => setNext(e.currentTarget.value)} />
          <Button type="submit" loading={change.isPending}>{t('password.save')}</Button>
        </Stack>
      </form>
    </Doorway>
  );
}

/** Where the link of an invitation leads: /invitation?token=… */
export function InvitationPage() {
  const { t } = useTranslation();
  const go = useNavigate();
  const token = (useSearch({ strict: false }) as { token?: string }).token ?? '';
  const [password, setPassword] = useState('');
  const accept = useBeginSession((body: { token: string; password: string }) => api.POST('/api/v1/session/invitation', { body }), () => void go({ to: '/', replace: true }));
  return (
    <Doorway title={t('invitation.title')}>
      <form onSubmit={(event: FormEvent) => { event.preventDefault(); accept.mutate({ token, password }); }}>
        <Stack>
          <Text c="dimmed" size="sm">{t('invitation.why')}</Text>
          {token === '' && <Alert color="red" icon={<IconAlertCircle />} role="alert">{t('invitation.noToken')}</Alert>}
          {accept.error && <Alert color="red" icon={<IconAlertCircle />} role="alert">{problemText(accept.error, t)}</Alert>}
          <PasswordInput label={t('invitation.password')} description={t('password.rule', { count: shortest })} autoComplete="new-password" required minLength={shortest} value={password} onChange={e => setPassword(e.currentTarget.value)} />
          <Button type="submit" loading={accept.isPending} disabled={token === ''}>{t('invitation.accept')}</Button>
        </Stack>
      </form>
    </Doorway>
  );
}
