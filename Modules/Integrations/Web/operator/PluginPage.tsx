import { Anchor, Button, Container, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '@web/edit/Confirm';
import { moment } from '@web/parts/formats';
import { inLanguage } from '@web/parts/plugins';
import { ProblemNote, ProblemPanel } from '@web/parts/ProblemText';
import { SettingsHead } from '@web/settings/SettingsHead';
import { CanaryDialog } from './CanaryDialog';
import { InMemory } from './InMemory';
import { Pins } from './Pins';
import { type Action, type Plugin, pluginQuery, useAction, useCompanies } from './plugins';
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
  const { nameOf } = useCompanies();
  const action = useAction(plugin.id);
  /** What is to be confirmed first; 'canary' = its dialog is open. */
  const [asked, ask] = useState<Action | null>(null);
  const [canary, setCanary] = useState<string | null>(null);
  const words = inLanguage(plugin.versions.find(v => v.version === plugin.active)?.manifest?.texts ?? plugin.versions.at(-1)?.manifest?.texts ?? {});
  const close = () => { action.reset(); ask(null); setCanary(null); };
  const doIt = (wanted: Action) => action.mutate(wanted, { onSuccess: close });
  const wish = (wanted: Action) => { action.reset(); ask(wanted); };
  const canRollBack = plugin.canary !== null || plugin.previous !== null;
  const values = { version: asked && 'version' in asked ? asked.version : plugin.previous ?? '', name: words?.name ?? plugin.id };
  return (
    <Stack>
      <SettingsHead title={words?.name ?? plugin.id} about={words?.description ?? ''} />
      <Warnings plugin={plugin} />
      <Group gap="xs">
        <Button size="xs" variant="default" disabled={!canRollBack} onClick={() => wish({ kind: 'rollBack' })}>{t('action.rollBack')}</Button>
        <Button size="xs" variant="default" disabled={plugin.active === null && plugin.canary === null} onClick={() => wish({ kind: 'disable' })}>{t('action.disable')}</Button>
      </Group>
      <Group style={{ columnGap: 'var(--mantine-spacing-lg)', rowGap: 4 }}>
        <Text size="sm">{plugin.active === null ? t('serves.nobody') : t('serves.all', { version: plugin.active })}</Text>
        {plugin.canary && <Text size="sm">{t('serves.some', { version: plugin.canary.version, companies: plugin.canary.companies.map(nameOf).join(', '), percent: Math.round(plugin.canary.errorRate * 100) })}</Text>}
        {plugin.watchedUntil && Date.parse(plugin.watchedUntil) > Date.now() && <Text size="sm" c="dimmed">{t('serves.watched', { when: moment(plugin.watchedUntil) })}</Text>}
      </Group>
      <Versions plugin={plugin} onActivate={version => wish({ kind: 'activate', version })} onCanary={version => { action.reset(); setCanary(version); }} onRemove={version => wish({ kind: 'remove', version })} />
      <Upload />
      <Pins plugin={plugin} error={asked || canary ? null : action.error} isWaiting={action.isPending} onAction={wanted => action.mutate(wanted)} />
      <InMemory versions={plugin.inMemory} />
      {asked && (
        <Confirm title={t(`sure.${asked.kind}`, values)} yes={t(`action.${asked.kind}`)} isDanger={asked.kind === 'disable' || asked.kind === 'remove'} isWaiting={action.isPending} onYes={() => doIt(asked)} onNo={close}>
          <Text size="sm">{t(`why.${asked.kind}`)}</Text><ProblemNote error={action.error} />
        </Confirm>
      )}
      {canary && <CanaryDialog version={canary} error={action.error} isWaiting={action.isPending} onStart={doIt} onClose={close} />}
    </Stack>
  );
}
