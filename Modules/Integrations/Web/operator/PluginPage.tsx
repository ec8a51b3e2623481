import { Anchor, Container, Skeleton, Stack, Text } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '@web/edit/Confirm';
import { ProblemPanel } from '@web/parts/ProblemText';
import { SettingsHead } from '@web/settings/SettingsHead';
import { CanaryDialog } from './CanaryDialog';
import { InMemory } from './InMemory';
import { Pins } from './Pins';
import { type Action, type Plugin, pluginQuery, useAction, wordsOf } from './plugins';
import { Refused } from './Refused';
import { Serving } from './Serving';
import { Upload } from './Upload';
import { Versions } from './Versions';
import { Warnings } from './Warnings';

/** /operator/plugins/{id} */
export default function PluginPage() {
  const { t } = useTranslation('integrations');
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data: plugin, error, refetch } = useQuery(pluginQuery(id));
  return (
    <Container size="lg" py="md">
      <Anchor component={Link} to="/operator/plugins" size="sm" mb="sm" display="inline-flex" style={{ alignItems: 'center' }}><IconChevronLeft size={16} aria-hidden />{t('operator.title')}</Anchor>
      {error && !plugin && <ProblemPanel error={error} retry={() => void refetch()} />}
      {!plugin && !error && <Skeleton height={320} />}
      {plugin && <Opened key={plugin.id} plugin={plugin} />}
    </Container>
  );
}

function Opened({ plugin }: { plugin: Plugin }) {
  const { t } = useTranslation('integrations');
  const action = useAction(plugin.id);
  /** What is to be confirmed first; 'canary' = its dialog is open. */
  const [asked, ask] = useState<Action | null>(null);
  const [canary, setCanary] = useState<string | null>(null);
  const words = wordsOf(plugin);
  const close = () => { action.reset(); ask(null); setCanary(null); };
  const doIt = (wanted: Action) => action.mutate(wanted, { onSuccess: close });
  const wish = (wanted: Action) => { action.reset(); ask(wanted); };
  const values = { version: asked && 'version' in asked ? asked.version : '', name: words?.name ?? plugin.id };
  return (
    <Stack>
      <SettingsHead title={words?.name ?? plugin.id} about={words?.description ?? ''} />
      <Warnings plugin={plugin} />
      <Serving plugin={plugin} onAsk={wish} />
      <Versions plugin={plugin} onActivate={version => wish({ kind: 'activate', version })} onCanary={version => { action.reset(); setCanary(version); }} onRemove={version => wish({ kind: 'remove', version })} />
      <Upload />
      <Pins plugin={plugin} error={asked || canary ? null : action.error} isWaiting={action.isPending} onAction={wanted => action.mutate(wanted)} />
      <InMemory plugin={plugin} />
      {asked && (
        <Confirm title={t(`sure.${asked.kind}`, values)} yes={t(`action.${asked.kind}`)} isDanger={asked.kind === 'disable' || asked.kind === 'remove'} isWaiting={action.isPending} onYes={() => doIt(asked)} onNo={close}>
          <Stack gap="sm"><Text size="sm">{t(`why.${asked.kind}`)}</Text><Refused error={action.error} /></Stack>
        </Confirm>
      )}
      {canary && <CanaryDialog plugin={plugin} version={canary} error={action.error} isWaiting={action.isPending} onStart={doIt} onClose={close} />}
    </Stack>
  );
}
