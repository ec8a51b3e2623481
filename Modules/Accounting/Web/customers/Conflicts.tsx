import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { Problem } from '@web/api/problem';
import { moment } from '@web/parts/formats';
import { ProblemNote } from '@web/parts/ProblemText';
import { useCompany, useMayWrite } from '@web/session/session';
import type { Customer } from '../accounting';

type Conflict = Customer['conflicts'][number];

/** Fields that the CRM and the accounting system have otherwise: both values, and whose word counts. */
export function Conflicts({ customer: { number, conflicts }, system }: { customer: Customer; system: string }) {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  const queries = useQueryClient();
  const mayWrite = useMayWrite();
  const resolve = useMutation({
    mutationFn: (body: Schemas['ConflictDecision']) => answer(api.POST('/api/v1/{company}/accounting/customers/{number}/resolve', { params: { path: { company, number } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [company] }),
  });
  const refused = resolve.error instanceof Problem ? t(`refused.${resolve.error.code}`, { defaultValue: '' }) : '';
  const side = (conflict: Conflict, take: 'crm' | 'accounting', whose: string, value: string) => {
    const field = t(`field.${conflict.field}`);
    return (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Text size="xs" c="dimmed">{whose}</Text>
          <Text size="sm" fw={conflict.winner === take ? 600 : undefined} style={{ overflowWrap: 'anywhere' }}>{value || t('conflict.nothing')}</Text>
        </div>
        {mayWrite && (conflict.winner === take
          ? <Text size="xs" c="dimmed" style={{ flex: 'none' }}>{t('conflict.counts')}</Text>
          : <Button size="compact-sm" variant="default" flex="none" aria-label={t('conflict.takeOf', { field, whose })} loading={resolve.isPending && resolve.variables.field === conflict.field && resolve.variables.take === take} onClick={() => resolve.mutate({ field: conflict.field, take })}>{t('conflict.take')}</Button>)}
      </Group>
    );
  };
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>{t('conflict.title')}</Text>
      {conflicts.map(conflict => (
        <Paper key={conflict.field} withBorder radius="sm" px="sm" py={6} role="group" aria-label={t(`field.${conflict.field}`)}>
          <Group justify="space-between" gap="xs"><Text size="sm" fw={600}>{t(`field.${conflict.field}`)}</Text><Text size="xs" c="dimmed">{moment(conflict.at)}</Text></Group>
          {side(conflict, 'crm', t('conflict.ours'), conflict.ours)}
          {side(conflict, 'accounting', system, conflict.theirs)}
        </Paper>
      ))}
      {refused ? <Text size="sm" c="var(--mantine-color-error)" role="alert">{refused}</Text> : <ProblemNote error={resolve.error} />}
    </Stack>
  );
}
