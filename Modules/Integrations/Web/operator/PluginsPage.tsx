import { Anchor, Badge, Container, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { SettingsHead } from '@web/settings/SettingsHead';
import { leftBehindOf, type Plugin, pluginsQuery, unsignedOf, wordsOf } from './plugins';
import { Upload } from './Upload';

const sum = (plugin: Plugin, of: 'calls' | 'errors') => plugin.inMemory.reduce((all, version) => all + version[of], 0);

/** The mean over all calls; null = there was none. */
function meanOf({ inMemory }: Plugin): number | null {
  const calls = inMemory.reduce((all, v) => all + (v.meanMilliseconds === null ? 0 : v.calls), 0);
  return calls === 0 ? null : inMemory.reduce((all, v) => all + (v.meanMilliseconds ?? 0) * v.calls, 0) / calls;
}

/** /operator/plugins: what is installed, and how it does on the host that answers. */
export default function PluginsPage() {
  const { t } = useTranslation('integrations');
  const { data: plugins, error, refetch } = useQuery(pluginsQuery);
  return (
    <Container size="lg" py="md">
      <Stack>
        <SettingsHead title={t('operator.title')} about={t('operator.about')} />
        <Upload />
        {error && !plugins && <ProblemPanel error={error} retry={() => void refetch()} />}
        {!plugins && !error && <Skeleton height={200} />}
        {plugins?.length === 0 && <Text c="dimmed">{t('operator.none')}</Text>}
        {plugins && plugins.length > 0 && (
          <Table.ScrollContainer minWidth={640}>
            <Table verticalSpacing="xs" aria-label={t('operator.title')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('operator.id')}</Table.Th><Table.Th>{t('operator.active')}</Table.Th><Table.Th>{t('operator.canary')}</Table.Th>
                  <Table.Th ta="end">{t('operator.calls')}</Table.Th><Table.Th ta="end">{t('operator.errors')}</Table.Th><Table.Th ta="end">{t('operator.mean')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>{plugins.map(plugin => <Row key={plugin.id} plugin={plugin} />)}</Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Stack>
    </Container>
  );
}

function Row({ plugin }: { plugin: Plugin }) {
  const { t } = useTranslation('integrations');
  const mean = meanOf(plugin);
  const name = wordsOf(plugin)?.name;
  const remarks = [
    plugin.problem !== null && { text: t('remark.problem'), color: 'red' }, plugin.note !== null && { text: t('remark.note'), color: 'yellow' },
    plugin.usedUp !== null && { text: t('remark.usedUp'), color: 'yellow' }, unsignedOf(plugin).length > 0 && { text: t('remark.unsigned'), color: 'yellow' }, leftBehindOf(plugin).length > 0 && { text: t('remark.left'), color: 'yellow' },
  ].filter(remark => remark !== false);
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={`/operator/plugins/${plugin.id}`} size="sm" fw={500}>{name ?? plugin.id}</Anchor>
        {name && <Text size="xs" c="dimmed">{plugin.id}</Text>}
        {remarks.length > 0 && <Group gap={6} mt={4}>{remarks.map(({ text, color }) => <Badge key={text} variant="light" color={color} radius="sm" tt="none">{text}</Badge>)}</Group>}
      </Table.Td>
      <Table.Td>{plugin.active ?? <Badge variant="light" color="gray" radius="sm" tt="none">{t('operator.isOff')}</Badge>}</Table.Td>
      <Table.Td>{plugin.canary && `${plugin.canary.version} · ${t('operator.companies', { count: plugin.canary.companies.length })}`}</Table.Td>
      <Table.Td ta="end">{whole(sum(plugin, 'calls'))}</Table.Td>
      <Table.Td ta="end">{whole(sum(plugin, 'errors'))}</Table.Td>
      <Table.Td ta="end">{mean === null ? '' : `${whole(Math.round(mean))} ms`}</Table.Td>
    </Table.Tr>
  );
}
