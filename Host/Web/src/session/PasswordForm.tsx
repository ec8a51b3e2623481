import { Button, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@web/api/client';
import { ProblemNote } from '@web/parts/ProblemText';
import { useBeginSession } from './session';

/** As the server has it. */
export const shortest = 12;

/** The password until now and a new one. */
export function PasswordForm({ onChanged }: { onChanged?: () => void }) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useBeginSession((body: { current: string; new: string }) => api.POST('/api/v1/session/password', { body }), onChanged);
  const toggle = { 'aria-label': t('signIn.showPassword') };
  return (
    <form onSubmit={(event: FormEvent) => { event.preventDefault(); change.mutate({ current, new: next }); }}>
      <Stack>
        <ProblemNote error={change.error} notSignedIn={'web:problem.password'} />
        <PasswordInput label={t('password.current')} autoComplete="current-password" required data-autofocus visibilityToggleButtonProps={toggle} value={current} onChange={e => setCurrent(e.currentTarget.value)} />
        <PasswordInput label={t('password.new')} description={t('password.rule', { count: shortest })} autoComplete="new-password" required minLength={shortest} visibilityToggleButtonProps={toggle} value={next} onChange={e => setNext(e.currentTarget.value)} />
        <Button type="submit" loading={change.isPending}>{t('password.save')}</Button>
      </Stack>
    </form>
  );
}
