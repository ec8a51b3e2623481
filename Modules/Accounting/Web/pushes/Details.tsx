import { Alert, Anchor, Badge, Button, Code, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconRefresh, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { SideDialog } from '@web/parts/Dialog';
import { ago, moment, whole } from '@web/parts/formats';
import { ProblemNote, ProblemPanel } from '@web/parts/ProblemText';
import { useSystemName } from '@web/parts/systems';
import { useCompany, useMayWrite } from '@web/session/session';
import { inLines, mayRetry, pushQuery, usePushTurn } from './pushes';
import { PushState } from './PushState';

/** An entry of the ledger: where it is, its tries, and what was sent and answered, without secrets. */
export default function Details({ number, onClose }: { number: number; onClose: () => void }) {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  const mayWrite = useMayWrite();
  const nameOf = useSystemName();
  const { data, error, refetch } = useQuery(pushQuery(company, number));
  const { retry, abandon } = usePushTurn(number);
  const entry = data?.entry;
  return (
    <SideDialog onClose={onClose} position="right" size="lg" title={<Text fw={600}>{entry?.name ?? number}</Text>}>
      {error && <ProblemPanel error={error} retry={() => void refetch()} />}
      {!entry && !error && <Skeleton height={200} />}
      {entry && (
        <Stack>
          <Group gap="xs">
            <PushState state={entry.state} />
            <Text size="sm" c="dimmed">{[nameOf(entry.plugin), t(`pushKind.${entry.kind}`), entry.externalNumber && t('pushes.there', { number: entry.externalNumber })].filter(Boolean).join(' · ')}</Text>
          </Group>
          {entry.partner !== null && <Anchor component={Link} to={`/${company}/partners/${entry.partner}`} size="sm">{t('pushes.toPartner')}</Anchor>}
          {entry.problem && <Alert p="xs" color={entry.state === 'refused' ? 'red' : 'yellow'} icon={<IconAlertTriangle />} title={t(`integrations:kind.${entry.problem}`, { defaultValue: t('trouble.other') })}>{entry.detail && <Text size="sm" lang="en">{entry.detail}</Text>}</Alert>}
          {entry.dueAt && <Text size="sm" title={moment(entry.dueAt)}>{t('trouble.again', { ago: ago(entry.dueAt) })}</Text>}
          {mayWrite && mayRetry(entry) && (
            <Group gap="xs">
              <Button size="xs" leftSection={<IconRefresh size={15} />} loading={retry.isPending} onClick={() => retry.mutate()}>{t('pushes.retry')}</Button>
              {entry.state !== 'withdrawn' && <Button size="xs" variant="default" leftSection={<IconX size={15} />} loading={abandon.isPending} onClick={() => abandon.mutate()}>{t('pushes.abandon')}</Button>}
            </Group>
          )}
          <ProblemNote error={retry.error ?? abandon.error} />
          <Title order={2} size="h6">{t('pushes.tries')}</Title>
          {entry.attempts.length === 0 && <Text size="sm" c="dimmed">{t('pushes.noTries')}</Text>}
          {entry.attempts.map(({ number: attempt, at, outcome, detail }) => (
            <Paper key={attempt} withBorder radius="sm" p="sm">
              <Group gap="xs"><Text size="sm" fw={600}>{attempt}.</Text><Text size="sm">{moment(at)}</Text>{outcome && <Badge variant="default" radius="sm" tt="none">{t(`outcome.${outcome}`, { defaultValue: outcome })}</Badge>}</Group>
              {detail && <Text size="sm" lang="en" mt={4}>{detail}</Text>}
              {data.exchanges.filter(exchange => exchange.attempt === attempt).map((exchange, i) => <Exchange key={i} exchange={exchange} />)}
            </Paper>
          ))}
        </Stack>
      )}
    </SideDialog>
  );
}

function Exchange({ exchange: { method, address, status, milliseconds, body, answer } }: { exchange: Schemas['ExchangeView'] }) {
  const { t } = useTranslation('accounting');
  const part = (label: string, text: string | null) => text && <div><Text size="xs" c="dimmed">{label}</Text><Code block tabIndex={0} style={{ maxHeight: 260, overflow: 'auto' }}>{inLines(text)}</Code></div>;
  return (
    <Stack gap={4} mt="xs">
      <Group gap="xs" wrap="nowrap"><Code>{method}</Code><Text size="xs" style={{ overflowWrap: 'anywhere' }}>{address}</Text></Group>
      <Text size="xs" c="dimmed">{[status ?? t('pushes.noAnswer'), `${whole(Math.round(milliseconds))} ms`].join(' · ')}</Text>
      {part(t('pushes.sent'), body)}
      {part(t('pushes.answered'), answer)}
    </Stack>
  );
}
