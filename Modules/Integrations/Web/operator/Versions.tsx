import { Badge, Button, Group, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { country, moment, whole } from '@web/parts/formats';
import type { Plugin, Version } from './plugins';

interface Props { plugin: Plugin; onActivate: (version: string) => void; onCanary: (version: string) => void; onRemove: (version: string) => void }

/** The packages of a plugin, the newest first: what can be done with each, who signed it, and what it says of itself. On a telephone the first of that is what is seen. */
export function Versions({ plugin, ...on }: Props) {
  const { t } = useTranslation('integrations');
  return (
    <section>
      <Title order={2} size="h5" mb="xs" id="versions">{t('versions.title')}</Title>
      <Table.ScrollContainer minWidth={760} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing="xs" aria-labelledby="versions">
          <Table.Thead><Table.Tr><Table.Th>{t('versions.version')}</Table.Th><Table.Th>{t('versions.actions')}</Table.Th><Table.Th>{t('versions.signed')}</Table.Th><Table.Th>{t('versions.came')}</Table.Th><Table.Th>{t('versions.says')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{[...plugin.versions].reverse().map(version => <Row key={version.version} plugin={plugin} version={version} {...on} />)}</Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function Row({ plugin, version: { version, manifest, signedBy, bytes, uploadedAt }, onActivate, onCanary, onRemove }: Props & { version: Version }) {
  const { t } = useTranslation('integrations');
  const isActive = version === plugin.active;
  const isUsed = isActive || version === plugin.canary?.version || plugin.pins.some(pin => pin.version === version);
  const says = manifest && [
    manifest.capabilities.map(capability => t(`capability.${capability}`, { defaultValue: capability })).join(', '), manifest.countries.map(country).join(', '), manifest.hosts.length > 0 && t('versions.hosts', { hosts: manifest.hosts.join(', ') }),
    t('versions.licence', { licence: manifest.licence, contract: manifest.contract }),
  ].filter(Boolean);
  return (
    <Table.Tr>
      <Table.Td><Group gap={6}><Text size="sm" fw={500}>{version}</Text>{isActive && <Badge flex="none" size="sm" variant="light" color="green" radius="sm" tt="none">{t('versions.serves')}</Badge>}{version === plugin.canary?.version && <Badge flex="none" size="sm" variant="light" radius="sm" tt="none">{t('versions.isTried')}</Badge>}</Group></Table.Td>
      <Table.Td>
        <Group gap={6}>
          {!isActive && <Button size="compact-sm" variant="default" aria-label={t('action.activateOf', { version })} onClick={() => onActivate(version)}>{t('action.activate')}</Button>}
          {!isActive && <Button size="compact-sm" variant="default" aria-label={version === plugin.canary?.version ? t('action.changeCanaryOf', { version }) : t('action.canaryOf', { version })} onClick={() => onCanary(version)}>{version === plugin.canary?.version ? t('action.changeCanary') : t('action.canary')}</Button>}
          {!isUsed && <Button size="compact-sm" variant="subtle" color="red" aria-label={t('action.removeOf', { version })} onClick={() => onRemove(version)}>{t('action.remove')}</Button>}
        </Group>
      </Table.Td>
      <Table.Td>{signedBy === null ? <Text size="sm" c="var(--mantine-color-error)">{t('versions.nobody')}</Text> : <><Text size="sm">{manifest?.publisher}</Text><Text size="xs" c="dimmed" ff="monospace">{signedBy}</Text></>}</Table.Td>
      <Table.Td><Text size="sm">{moment(uploadedAt)}</Text><Text size="xs" c="dimmed">{whole(Math.ceil(bytes / 1024))} kB</Text></Table.Td>
      <Table.Td maw={320}>{says ? says.map(line => <Text key={String(line)} size="xs">{line}</Text>) : <Text size="xs">{t('versions.unread')}</Text>}</Table.Td>
    </Table.Tr>
  );
}
