import { Alert, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@web/api/client';
import { problemText } from '@web/parts/ProblemText';
import { Doorway } from './Doorway';
import { useBeginSession } from './session';

export const shortest = 12;

/** The password that an administrator or the first start gave has to be changed before anything else. */
export default function NewPasswordPage() {
  const { t } = useTranslation();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useBeginSession((body: { current: string; new: string }) => api.POST('/api/v1/session/password', { body }));
  return (
    <Doorway title={t('password.title')}>
      <form onSubmit={(event: FormEvent) => { event.preventDefault(); change.mutate({ current, new: next }); }}>
        <Stack>
          <Text c="dimmed" size="sm">{t('password.why')}</Text>
          {change.error && <Alert color="red" icon={<IconAlertCircle />} role="alert">{problemText(change.error, t, 'web:problem.password')}</Alert>}
          <PasswordInput label={t('password.current')} autoComplete="current-password" required value={current} onChange={e => setCurrent(e.currentTarget.value)} />
          <PasswordInput label={t('password.new')} description={t('password.rule', { count: shortest })} autoComplete="new-password" required minLength={shortest} value={next} onChange={e => setNext(e.currentTarget.value)} />
          <Button type="submit" loading={change.isPending}>{t('password.save')}</Button>
        </Stack>
      </form>
    </Doorway>
  );
}
