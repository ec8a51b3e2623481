import { ActionIcon, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { whole } from '@web/parts/formats';
import classes from './ActionBar.module.css';
import type { Selection } from './selection';

/** At the top while something is ticked (R122): how much, all that match, and what can be done with it. */
export function ActionBar({ selection, total, totalIsExact, outside = 0, children }: { selection: Selection; total: number; totalIsExact: boolean; outside?: number; children: ReactNode }) {
  const { t } = useTranslation();
  const many = `${whole(total)}${totalIsExact ? '' : '+'}`;
  const words = selection.all ? t('web:list.allTicked', { many }) : [t('web:list.ticked', { many: whole(selection.numbers.size) }), outside > 0 && t('web:list.outside', { many: whole(outside) })].filter(Boolean).join(', ');
  return (
    <>
      <VisuallyHidden role="status" aria-live="polite">{selection.isEmpty ? '' : words}</VisuallyHidden>
      {!selection.isEmpty && (
        <Group className={classes.bar} gap="sm" role="toolbar" aria-label={t('web:list.actions')}>
          <Text size="sm" fw={600}>{words}</Text>
          {!selection.all && <Button size="compact-sm" variant="subtle" onClick={selection.takeAll}>{t('web:list.takeAll', { many })}</Button>}
          <Group gap="xs" ml="auto">{children}
            <ActionIcon variant="subtle" color="gray" aria-label={t('web:list.clear')} title={t('web:list.clear')} onClick={selection.clear}><IconX size={16} /></ActionIcon>
          </Group>
        </Group>
      )}
    </>
  );
}
