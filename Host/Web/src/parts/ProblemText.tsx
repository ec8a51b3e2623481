import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertCircle, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isOffline, Problem } from '@web/api/problem';

const known: Record<string, string> = {
  'auth.locked': 'web:problem.locked', 'rate.limited': 'web:problem.tooMany', 'storage.unavailable': 'web:problem.unavailable', 'version.stale': 'web:problem.stale',
};

/** What went wrong, in the user's language where the code is one that users meet; otherwise the server's own sentence. */
export function problemText(error: unknown, t: (key: string, values?: { defaultValue: string }) => string, notSignedIn = 'web:signIn.expired'): string {
  if (isOffline(error)) return t('web:problem.offline');
  if (!(error instanceof Problem)) return t('web:problem.page');
  const text = known[error.code];
  if (text) return t(text);
  if (error.status === 401) return t(notSignedIn);
  if (error.status === 403) return t('web:problem.forbidden');
  if (error.status >= 500) return t('web:problem.server');
  return t(`web:refused.${error.code}`, { defaultValue: [error.message, ...Object.values(error.errors).flat()].join(' ') });
}

/** Above what was refused; nothing while nothing was. */
export function ProblemNote({ error, notSignedIn }: { error: unknown; notSignedIn?: string }) {
  const { t } = useTranslation();
  return error ? <Alert color="red" icon={<IconAlertCircle />} role="alert">{problemText(error, t, notSignedIn)}</Alert> : null;
}

/** In place of what could not be shown, with the way to try again and what support needs to find it. */
export function ProblemPanel({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const trace = error instanceof Problem ? error.traceId : undefined;
  return (
    <Alert color={isOffline(error) ? 'yellow' : 'red'} icon={isOffline(error) ? <IconPlugConnectedX /> : <IconAlertCircle />} title={problemText(error, t)} role="alert" m="md">
      <Group justify="space-between" align="end">
        {trace ? <Text size="sm" c="dimmed">{t('problem.trace')} <code>{trace}</code></Text> : <span />}
        {retry && <Button size="xs" variant="default" onClick={retry}>{t('problem.retry')}</Button>}
      </Group>
    </Alert>
  );
}
