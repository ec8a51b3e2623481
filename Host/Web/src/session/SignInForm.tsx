import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@web/api/client';
import { problemText } from '@web/parts/ProblemText';
import { useBeginSession } from './session';

export function SignInForm({ email: known = '', onSignedIn }: { email?: string; onSignedIn?: () => void }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const signIn = useBeginSession((body: { email: string; password: string }) => api.POST('/api/v1/session', { body }), onSignedIn);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email, password });
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        {signIn.error && <Alert color="red" icon={<IconAlertCircle />} role="alert">{problemText(signIn.error, t, 'web:problem.signIn')}</Alert>}
        <TextInput label={t('signIn.email')} type="email" autoComplete="username" required value={email} onChange={e => setEmail(e.currentTarget.value)} data-autofocus={known === '' || undefined} />
        <PasswordInput label={t('signIn.password')} autoComplete="current-password" required value={password} onChange={e => setPassword(e.currentTarget.value)} data-autofocus={known !== '' || undefined}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }} />
        <Button type="submit" loading={signIn.isPending}>{t('signIn.submit')}</Button>
      </Stack>
    </form>
  );
}
