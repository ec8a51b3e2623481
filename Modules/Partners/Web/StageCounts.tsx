import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useListSearch } from '@web/list/search';
import { whole } from '@web/parts/formats';
import { choiceName, useChoices } from './partners';

/** The stages with their counts (R24); one that is pressed filters the list. */
export function StageCounts() {
  const { t } = useTranslation('partners');
  const { search, change } = useListSearch();
  const { all } = useChoices('stages');
  const picked = search['stage']?.split(',') ?? [];
  const toggle = (key: string) => change({ stage: (picked.includes(key) ? picked.filter(p => p !== key) : [...picked, key]).join(',') });
  return (
    <Group gap={4} role="group" aria-label={t('column.stage')}>
      {all.map(stage => (
        <Button key={stage.key} size="compact-sm" radius="xl" variant={picked.includes(stage.key) ? 'filled' : 'default'} aria-pressed={picked.includes(stage.key)} onClick={() => toggle(stage.key)}>
          {choiceName(stage)} <span style={{ opacity: 0.75, marginInlineStart: 6 }}>{whole(stage.count ?? 0)}</span>
        </Button>
      ))}
    </Group>
  );
}
