import { Group, Progress, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { whole } from '@web/parts/formats';
import type { Run } from '../accounting';

/** The run that is under way: what it does now and how far that is. Aloud only the steps are told, not every row. */
export function Running({ run: { step, whole: isWhole, done, total, customers, invoices, balances, calls }, name }: { run: Run; name: string }) {
  const { t } = useTranslation('accounting');
  const words = t(`step.${step}`);
  const share = total ? Math.min(100, (100 * done) / total) : null;
  const counts = ([[customers, 'count.customers'], [invoices, 'count.invoices'], [balances, 'count.balances'], [calls, 'count.calls']] as const).filter(([n]) => n > 0);
  return (
    <div style={{ marginTop: 'var(--mantine-spacing-sm)' }}>
      <VisuallyHidden role="status" aria-live="polite">{t('run.stepOf', { name, step: words })}</VisuallyHidden>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" fw={500}>{t(isWhole ? 'run.readingAll' : 'run.readingChanged')} {words}</Text>
        <Text size="sm" c="dimmed">{total ? t('run.of', { done: whole(done), total: whole(total) }) : done > 0 && whole(done)}</Text>
      </Group>
      {share === null
        ? <Progress.Root role="progressbar" aria-label={t('run.progress', { name })} aria-valuetext={words}><Progress.Section value={100} animated withAria={false} /></Progress.Root>
        : <Progress value={share} animated aria-label={t('run.progress', { name })} />}
      <Text size="xs" c="dimmed" mt={4} mih={18}>{counts.map(([n, key]) => t(key, { count: n, many: whole(n) })).join(' · ')}</Text>
    </div>
  );
}
