import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { whole } from '@web/parts/formats';
import type { Plugin } from './plugins';

/** What the host that answers has in memory, and how its calls went. */
export function InMemory({ plugin: { inMemory: versions, canary, pins } }: { plugin: Plugin }) {
  const { t } = useTranslation('integrations');
  const hasOthers = canary !== null || pins.length > 0;
  return (
    <section>
      <Title order={2} size="h5" mb="xs" id="memory">{t('memory.title')}</Title>
      {versions.length === 0 && <Text size="sm" c="dimmed">{t('memory.none')}</Text>}
      {versions.length > 0 && (
        <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table verticalSpacing="xs" aria-labelledby="memory">
            <Table.Thead><Table.Tr><Table.Th>{t('versions.version')}</Table.Th><Table.Th>{t('memory.state')}</Table.Th><Table.Th ta="end">{t('memory.running')}</Table.Th><Table.Th ta="end">{t('operator.calls')}</Table.Th><Table.Th ta="end">{t('operator.errors')}</Table.Th><Table.Th ta="end">{t('operator.mean')}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {versions.map((v, i) => (
                <Table.Tr key={`${v.version} ${i}`}>
                  <Table.Td>{v.version}</Table.Td><Table.Td>{v.state === 'serving' && hasOthers ? t('memory.servingOthers') : t(`memory.${v.state}`)}</Table.Td><Table.Td ta="end">{whole(v.running)}</Table.Td><Table.Td ta="end">{whole(v.calls)}</Table.Td><Table.Td ta="end">{whole(v.errors)}</Table.Td>
                  <Table.Td ta="end">{v.meanMilliseconds === null ? '' : `${whole(Math.round(v.meanMilliseconds))} ms`}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}
