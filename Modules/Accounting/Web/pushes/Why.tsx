import { Alert, Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowsDiff, IconCircleCheck, IconCircleDashed, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PartnerNoteProps } from '@web/modules';
import { useChoices } from '@web/parts/choices';
import { ProblemNote } from '@web/parts/ProblemText';
import { useSystemName } from '@web/parts/systems';
import { useCompany, useMayWrite } from '@web/session/session';
import { type Explanation, explanationQuery, useSend } from './pushes';

/** On a partner's card: whether it is in the accounting systems, why or why not, and what comes next. Nothing where there is no such system. */
export default function Why({ partner: { number } }: PartnerNoteProps) {
  const { t } = useTranslation('accounting');
  const { data } = useQuery(explanationQuery(useCompany(), number));
  if (!data || data.length === 0) return null;
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={t('why.title')}>
      <Title order={2} size="h6" mb="xs">{t('why.title')}</Title>
      <Stack gap="sm">{data.map(one => <System key={one.plugin} of={one} partner={number} />)}</Stack>
    </Paper>
  );
}

function System({ of: { plugin, isThere, externalNumber, because, rule, tags, next, entry, conflicts }, partner }: { of: Explanation; partner: number }) {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  const mayWrite = useMayWrite();
  const name = useSystemName()(plugin);
  const tag = useChoices('tags').name;
  const send = useSend(partner);
  const mayAsk = mayWrite && !isThere && ['tag', 'addRule', 'ask'].includes(next);
  return (
    <div>
      <Group gap={8} wrap="nowrap" align="start">
        {isThere ? <IconCircleCheck size={18} aria-hidden color="var(--mantine-color-green-6)" style={{ flex: 'none', marginTop: 2 }} /> : <IconCircleDashed size={18} aria-hidden style={{ flex: 'none', marginTop: 2 }} />}
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={600}>{isThere ? t('why.isThere', { name, number: externalNumber }) : t('why.isNotThere', { name })}</Text>
          <Text size="sm">{t(`because.${because}`, { tags: tags.map(tag).join(', ') })}{rule && !isThere && ` ${t('why.rule', { tag: tag(rule) })}`}</Text>
          {next === 'decide'
            ? <Anchor component={Link} to={`/${company}/accounting/customers`} size="sm">{t('next.decide')}</Anchor>
            : next !== 'nothing' && <Text size="sm" c="dimmed">{t(`next.${next}`)}</Text>}
          {entry?.detail && <Text size="xs" lang="en" c="dimmed">{entry.detail}</Text>}
          <Group gap="sm" mt={4}>
            {mayAsk && <Button size="compact-xs" variant="default" leftSection={<IconSend size={13} />} loading={send.isPending} onClick={() => send.mutate(plugin)}>{t('why.send', { name })}</Button>}
            {entry && <Anchor component={Link} to={`/${company}/accounting/pushes`} search={{ partner: `${partner}` } as never} size="xs">{t('why.ledger')}</Anchor>}
          </Group>
        </div>
      </Group>
      {conflicts.length > 0 && (
        <Alert mt="xs" p="xs" color="yellow" icon={<IconArrowsDiff />}>
          <Anchor component={Link} to={`/${company}/accounting/customers/all`} search={{ partner: `${partner}` } as never} size="sm" c="inherit" td="underline">{t('why.conflicts', { count: conflicts.length })}</Anchor>
        </Alert>
      )}
      <ProblemNote error={send.error} />
    </div>
  );
}
