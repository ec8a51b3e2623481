import { Badge, Button, Container, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { Confirm } from '@web/edit/Confirm';
import { day } from '@web/parts/formats';
import { ProblemNote, ProblemPanel } from '@web/parts/ProblemText';
import { SettingsHead } from '@web/settings/SettingsHead';
import { TrustDialog } from './TrustDialog';

const queryKey = ['operator', 'publishers'];

/** /operator/publishers: whose packages this server takes. */
export default function PublishersPage() {
  const { t } = useTranslation('integrations');
  const queries = useQueryClient();
  const { data: publishers, error, refetch } = useQuery({ queryKey, queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/operator/publishers', { signal }))).items });
  const [isTrusting, setTrusting] = useState(false);
  const [asked, ask] = useState<Schemas['PublisherView'] | null>(null);
  const revoke = useMutation({
    mutationFn: (number: number) => api.DELETE('/api/v1/operator/publishers/{number}', { params: { path: { number } } }),
    onSuccess: () => ask(null),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <Container size="md" py="md">
      <Stack>
        <SettingsHead title={t('publishers.title')} about={t('publishers.about')}><Button leftSection={<IconPlus size={16} />} onClick={() => setTrusting(true)}>{t('publishers.trust')}</Button></SettingsHead>
        {error && !publishers && <ProblemPanel error={error} retry={() => void refetch()} />}
        {!publishers && !error && <Skeleton height={160} />}
        {publishers?.length === 0 && <Text c="dimmed">{t('publishers.none')}</Text>}
        {publishers && publishers.length > 0 && (
          <Table.ScrollContainer minWidth={320}>
            <Table verticalSpacing="xs" aria-label={t('publishers.title')}>
              <Table.Thead><Table.Tr><Table.Th>{t('publishers.publisher')}</Table.Th><Table.Th>{t('versions.actions')}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {publishers.map(publisher => (
                  <Table.Tr key={publisher.number}>
                    <Table.Td><Text size="sm" fw={500}>{publisher.name}</Text><Text size="xs" c="dimmed">{t('publishers.key')} <Text span size="xs" ff="monospace">{publisher.keyId}</Text></Text></Table.Td>
                    <Table.Td>
                      {publisher.revokedAt ? <Badge variant="light" color="gray" radius="sm" tt="none">{t('publishers.revoked', { day: day(publisher.revokedAt) })}</Badge>
                        : <Button size="compact-sm" variant="default" aria-label={t('publishers.revokeOf', { name: publisher.name })} onClick={() => { revoke.reset(); ask(publisher); }}>{t('publishers.revoke')}</Button>}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Stack>
      {isTrusting && <TrustDialog onClose={() => setTrusting(false)} onTrusted={() => { setTrusting(false); void queries.invalidateQueries({ queryKey }); }} />}
      {asked && <Confirm title={t('publishers.revokeSure', { name: asked.name })} yes={t('publishers.revoke')} isDanger isWaiting={revoke.isPending} onYes={() => revoke.mutate(asked.number)} onNo={() => ask(null)}><Text size="sm">{t('publishers.revokeWhy')}</Text><ProblemNote error={revoke.error} /></Confirm>}
    </Container>
  );
}
