import { Alert, Anchor } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { modules } from '@web/modules';
import { useCompany } from '@web/session/session';
import type { Outcome } from './connection';

/** The section where readings are followed, where a module has one. */
const reads = modules.flatMap(m => m.settings ?? []).find(section => section.path === 'accounting')?.path;

/** What came of going to a system to consent. The focus begins here: it is what the user has come back for. */
export function Returned({ outcome, name, isRead = false, onClose }: { outcome: Outcome; name: string; isRead?: boolean; onClose: () => void }) {
  const { t } = useTranslation('integrations');
  const company = useCompany();
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    here.current?.focus({ preventScroll: true });
    here.current?.scrollIntoView({ block: 'center' });
  }, []);
  const isDone = outcome === 'connected';
  return (
    <Alert ref={here} tabIndex={-1} mt="sm" p="xs" role={isDone ? 'status' : 'alert'} color={isDone ? 'green' : outcome === 'denied' ? 'yellow' : 'red'} icon={isDone ? <IconCircleCheck /> : <IconAlertTriangle />}
      title={t(`returned.${outcome}`, { name })} withCloseButton closeButtonLabel={t('web:close')} onClose={onClose}>
      {t(`returnedWhy.${outcome}`, { name })}
      {isDone && isRead && reads && <> <Anchor component={Link} to={`/${company}/settings/${reads}`} inherit c="inherit" td="underline">{t('connection.toReading')}</Anchor></>}
    </Alert>
  );
}
