import { Alert, Button, Group, Text } from '@mantine/core';
import { IconLink, IconLinkOff, IconPlugConnectedX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { Confirm } from '@web/edit/Confirm';
import { ago, moment } from '@web/parts/formats';
import { ProblemNote } from '@web/parts/ProblemText';
import { type Start, useConnect, useDisconnect } from './connection';

const ConnectDialog = lazy(() => import('./ConnectDialog'));

interface Props {
  plugin: string;
  name: string;
  connection: Schemas['ConsentView'];
  /** What is asked for first, where the system's client is not set up yet; true = there was such a thing. */
  onIncomplete: () => boolean;
}

/** Whether a plugin's system lets it in, by somebody's consent there: given here, renewed and taken back. */
export function Connection({ plugin, name, connection: { state, since }, onIncomplete }: Props) {
  const { t } = useTranslation('integrations');
  const connect = useConnect(plugin);
  const disconnect = useDisconnect(plugin);
  const [start, setStart] = useState<Start | null>(null);
  const [isLeaving, setLeaving] = useState(false);

  const begin = async () => {
    if (onIncomplete()) return;
    const made = await connect.mutateAsync().catch(() => null);
    // Who has been there before has registered the way back.
    if (made && state === 'notConnected') setStart(made);
    else if (made) location.assign(made.address);
  };
  const toConnect = (text: string, label: string, variant: 'filled' | 'default') =>
    <Button size="xs" variant={variant} leftSection={<IconLink size={15} />} loading={connect.isPending} aria-label={label} onClick={() => void begin()}>{text}</Button>;
  const toDisconnect = <Button size="xs" variant="default" leftSection={<IconLinkOff size={15} />} aria-label={t('connection.disconnectOf', { name })} onClick={() => { disconnect.reset(); setLeaving(true); }}>{t('connection.disconnect')}</Button>;
  return (
    <div>
      {state === 'reconnectNeeded'
        ? (
          <Alert mt="sm" p="xs" color="yellow" icon={<IconPlugConnectedX />} title={t('connection.reconnectNeeded', { name })}>
            <Text size="sm" mb="xs">{t('connection.reconnectWhy')}</Text>
            <Group gap="xs">{toConnect(t('connection.reconnect'), t('connection.reconnectOf', { name }), 'filled')}{toDisconnect}</Group>
          </Alert>
        )
        : (
          <Group gap="xs" mt="sm">
            {state === 'connected' ? toDisconnect : toConnect(t('connection.connect'), t('connection.connectOf', { name }), 'filled')}
            <Text size="sm" c="dimmed" title={since ? moment(since) : undefined}>{state === 'connected' ? since ? t('connection.since', { ago: ago(since) }) : t('connection.connected') : t('connection.none')}</Text>
          </Group>
        )}
      <ProblemNote error={connect.error} />
      <Suspense>{start && <ConnectDialog name={name} start={start} onClose={() => setStart(null)} />}</Suspense>
      {isLeaving && (
        <Confirm title={t('connection.disconnectSure', { name })} yes={t('connection.disconnect')} isDanger isWaiting={disconnect.isPending} onNo={() => setLeaving(false)} onYes={() => disconnect.mutate(undefined, { onSuccess: () => setLeaving(false) })}>
          <Text size="sm" mb="xs">{t('connection.disconnectWhy', { name })}</Text>
          <ProblemNote error={disconnect.error} />
        </Confirm>
      )}
    </div>
  );
}
