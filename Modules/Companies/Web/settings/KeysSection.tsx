import { Badge, Button, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { Confirm } from '@web/edit/Confirm';
import { ago, day, moment } from '@web/parts/formats';
import { ProblemNote, ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { SettingsHead } from '@web/settings/SettingsHead';

const KeyDialog = lazy(() => import('./KeyDialog'));

type Key = Schemas['ApiKeyView'];

const isOver = (key: Key) => key.revokedAt !== null || (key.expiresAt !== null && Date.parse(key.expiresAt) <= Date.now());

/** Keys with which programs work in the company. */
export default function KeysSection() {
  const { t } = useTranslation('companies');
  const company = useCompany();
  const queries = useQueryClient();
  const queryKey = [company, 'api-keys'];
  const { data: keys, error, refetch } = useQuery({ queryKey, queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/api-keys', { params: { path: { company } }, signal }))).items });
  const [making, setMaking] = useState(false);
  const [asked, ask] = useState<Key | null>(null);
  const revoke = useMutation({
    mutationFn: (number: number) => api.DELETE('/api/v1/{company}/api-keys/{number}', { params: { path: { company, number } } }),
    onSuccess: () => ask(null),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  if (error && !keys) return <ProblemPanel error={error} retry={() => void refetch()} />;
  return (
    <Stack>
      <SettingsHead title={t('keys.title')} about={t('keys.about')}><Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{t('keys.make')}</Button></SettingsHead>
      {!keys && <Skeleton height={160} />}
      {keys?.length === 0 && <Text c="dimmed">{t('keys.none')}</Text>}
      {keys && keys.length > 0 && (
        <Table.ScrollContainer minWidth={760}>
          <Table verticalSpacing={6} aria-label={t('keys.title')}>
            <Table.Thead><Table.Tr><Table.Th>{t('users.name')}</Table.Th><Table.Th>{t('users.role')}</Table.Th><Table.Th>{t('keys.scopes')}</Table.Th><Table.Th>{t('keys.madeAt')}</Table.Th><Table.Th>{t('keys.usedAt')}</Table.Th><Table.Th>{t('keys.expiresAt')}</Table.Th><Table.Th w={110}><VisuallyHidden>{t('users.actions')}</VisuallyHidden></Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {keys.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)) || b.number - a.number).map(key => (
                <Table.Tr key={key.number}>
                  <Table.Td><Text size="sm" fw={500} c={isOver(key) ? 'dimmed' : undefined}>{key.name}</Text></Table.Td>
                  <Table.Td>{t(`role.${key.role}`)}</Table.Td>
                  <Table.Td maw={240}><Text size="xs" ff={key.scopes ? 'monospace' : undefined}>{key.scopes?.join(', ') ?? t('keys.all')}</Text></Table.Td>
                  <Table.Td>{day(key.createdAt)}</Table.Td>
                  <Table.Td>{key.lastUsedAt ? <span title={moment(key.lastUsedAt)}>{ago(key.lastUsedAt)}</span> : t('keys.neverUsed')}</Table.Td>
                  <Table.Td>{key.expiresAt ? day(key.expiresAt) : t('keys.never')}</Table.Td>
                  <Table.Td ta="end">
                    {key.revokedAt ? <Badge variant="light" color="gray" radius="sm" tt="none" title={moment(key.revokedAt)}>{t('keys.revoked')}</Badge>
                      : isOver(key) ? <Badge variant="light" color="gray" radius="sm" tt="none">{t('keys.expired')}</Badge>
                        : <Button size="compact-sm" variant="default" aria-label={t('keys.revokeOne', { name: key.name })} onClick={() => { revoke.reset(); ask(key); }}>{t('keys.revoke')}</Button>}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Suspense>{making && <KeyDialog onClose={() => setMaking(false)} onMade={() => void queries.invalidateQueries({ queryKey })} />}</Suspense>
      {asked && <Confirm title={t('keys.revokeSure', { name: asked.name })} yes={t('keys.revoke')} isDanger isWaiting={revoke.isPending} onYes={() => revoke.mutate(asked.number)} onNo={() => ask(null)}><Text size="sm">{t('keys.revokeWhy')}</Text><ProblemNote error={revoke.error} /></Confirm>}
    </Stack>
  );
}
