import { Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Confirm } from './Confirm';

/** Asks before a page with unsaved changes is left, also by closing the tab. */
export function UnsavedGuard({ isDirty }: { isDirty: () => boolean }) {
  const { t } = useTranslation();
  const blocker = useBlocker({ shouldBlockFn: ({ current, next }) => isDirty() && current.pathname !== next.pathname, enableBeforeUnload: isDirty, withResolver: true });
  if (blocker.status !== 'blocked') return null;
  return <Confirm title={t('edit.leave')} yes={t('edit.discard')} no={t('edit.stay')} isDanger onYes={blocker.proceed} onNo={blocker.reset}><Text size="sm">{t('edit.leaveWhy')}</Text></Confirm>;
}
