import { Alert, Badge, Button, Group, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPlugConnected, IconSettings } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { Flag } from '@web/parts/Flag';
import { country } from '@web/parts/formats';
import { inLanguage } from '@web/parts/plugins';
import { ProblemNote } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { Unsigned } from '../Unsigned';
import { Connection } from './Connection';
import type { Outcome } from './connection';
import { type Integration, type State, stateOf, useChange } from './integrations';
import { Returned } from './Returned';

const SettingsDialog = lazy(() => import('./SettingsDialog'));

const colours: Record<State, string> = { on: 'green', off: 'gray', unavailable: 'gray', incomplete: 'yellow' };

/** One plugin of the company. */
export function IntegrationCard({ integration, back }: { integration: Integration; back?: { outcome: Outcome; onClose: () => void } }) {
  const { t } = useTranslation('integrations');
  const company = useCompany();
  const { plugin, countries, capabilities, enabled, available, signed } = integration;
  const words = inLanguage(integration.texts);
  const name = words?.name ?? plugin;
  const state = stateOf(integration);
  const change = useChange(plugin);
  const test = useMutation({ mutationFn: () => answer(api.POST('/api/v1/{company}/integrations/{plugin}/test', { params: { path: { company, plugin } } })) });
  const [open, setOpen] = useState<{ switchOn: boolean } | null>(null);
  const hasSettings = Object.keys(integration.schema?.properties ?? {}).length > 0;

  const turn = (on: boolean) => {
    test.reset();
    // It cannot be asked before it is set up.
    if (on && state === 'incomplete') setOpen({ switchOn: true });
    else change.mutate({ enabled: on });
  };
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={name}>
      <Group justify="space-between" align="start" wrap="nowrap" gap="sm">
        <Group gap="xs"><Title order={2} size="h5">{name}</Title><Badge variant="light" radius="sm" tt="none" color={colours[state]}>{t(`state.${state}`)}</Badge></Group>
        <Switch flex="none" checked={enabled} disabled={available === null && !enabled} aria-label={t('use', { name })} onChange={e => turn(e.currentTarget.checked)} />
      </Group>
      {words && <Text size="sm" mt={4} maw={640}>{words.description}</Text>}
      <Group gap="md" mt="xs">
        {capabilities.map(capability => <Text key={capability} size="xs" c="dimmed">{t(`capability.${capability}`, { defaultValue: capability })}</Text>)}
        {countries.map(code => <Group key={code} gap={5} wrap="nowrap"><Flag code={code} size={14} /><Text size="xs" c="dimmed">{country(code)}</Text></Group>)}
        {available !== null && <Text size="xs" c="dimmed">{t('version', { version: available })}</Text>}
      </Group>
      {state === 'unavailable' && <Text size="sm" c="dimmed" mt="xs">{t('unavailableWhy')}</Text>}
      {signed === false && <Unsigned />}
      {back && <Returned outcome={back.outcome} name={name} isRead={capabilities.includes('accounting')} onClose={back.onClose} />}
      {integration.connection && (enabled || integration.connection.state !== 'notConnected') && <Connection plugin={plugin} name={name} connection={integration.connection} onIncomplete={() => { if (state === 'incomplete') setOpen({ switchOn: false }); return state === 'incomplete'; }} />}
      {available !== null && (
        <Group gap="xs" mt="sm">
          {hasSettings && <Button size="xs" variant="default" leftSection={<IconSettings size={15} />} aria-label={t('settings.of', { name })} onClick={() => setOpen({ switchOn: false })}>{t('settings.button')}</Button>}
          <Button size="xs" variant="default" leftSection={<IconPlugConnected size={15} />} loading={test.isPending} aria-label={t('test.of', { name })} onClick={() => test.mutate()}>{t('test.button')}</Button>
        </Group>
      )}
      <Stack gap="xs" role="status">{test.data && <Tested test={test.data} />}</Stack>
      <ProblemNote error={change.error ?? test.error} />
      <Suspense>{open && <SettingsDialog integration={integration} switchOn={open.switchOn} onClose={() => setOpen(null)} onSaved={() => test.reset()} />}</Suspense>
    </Paper>
  );
}

/** What trying the connection has shown, and what to do about it. */
function Tested({ test: { works, kind, detail } }: { test: Schemas['ConnectionTest'] }) {
  const { t } = useTranslation('integrations');
  return (
    <Alert mt="sm" p="xs" color={works ? 'green' : 'red'} icon={works ? <IconCircleCheck /> : <IconAlertTriangle />} title={works ? t('test.works') : t(`kind.${kind ?? 'unhealthy'}`)}>
      {detail && !works && <Text size="sm" lang="en">{detail}</Text>}
    </Alert>
  );
}
