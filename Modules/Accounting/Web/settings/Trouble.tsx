import { Alert, Anchor, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ago } from '@web/parts/formats';
import { useCompany } from '@web/session/session';
import type { Connection } from '../accounting';

/** Why nothing is read now, and what to do about it; nothing while all is well. */
export function Trouble({ connection: { state, running, dueAt }, name }: { connection: Connection; name: string }) {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  const detail = running?.detail && <Text size="sm" lang="en" mt={4}>{running.detail}</Text>;
  const toIntegration = <Anchor component={Link} to={`/${company}/settings/integrations`} size="sm" c="inherit" td="underline">{t('trouble.toIntegrations', { name })}</Anchor>;
  if (state === 'paused') return <Text size="sm" c="dimmed" mt="xs">{t('trouble.paused')}</Text>;
  if (state === 'reconnectNeeded' || state === 'otherAccount') {
    return (
      <Alert mt="sm" p="xs" color={state === 'otherAccount' ? 'red' : 'yellow'} icon={state === 'otherAccount' ? <IconAlertTriangle /> : <IconPlugConnectedX />} title={t(`trouble.${state}`, { name })}>
        <Text size="sm">{t(`troubleWhy.${state}`)}</Text>{detail}{toIntegration}
      </Alert>
    );
  }
  if (!running?.problem) return null;
  if (running.problem === 'notConfigured') return <Alert mt="sm" p="xs" color="yellow" icon={<IconPlugConnectedX />} title={t('trouble.notConfigured', { name })}><Text size="sm">{t('troubleWhy.notConfigured')}</Text>{toIntegration}</Alert>;
  return (
    <Alert mt="sm" p="xs" color="yellow" icon={<IconAlertTriangle />} title={t(`integrations:kind.${running.problem}`, { defaultValue: t('trouble.other') })}>
      {dueAt && Date.parse(dueAt) > Date.now() && <Text size="sm">{t('trouble.again', { ago: ago(dueAt) })}</Text>}
      {detail}{running.problem === 'forbidden' && toIntegration}
    </Alert>
  );
}
