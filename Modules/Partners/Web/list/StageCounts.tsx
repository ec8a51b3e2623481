import { Button, Group } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { filtersOf, useListSearch } from '@web/list/search';
import { whole } from '@web/parts/formats';
import { useCompany } from '@web/session/session';
import { choiceName, useChoices } from '../partners';

/** The stages with their counts under the other filters (R24); one that is pressed filters the list. */
export function StageCounts() {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const { search, change } = useListSearch();
  const { all } = useChoices('stages');
  const { stage, ...others } = filtersOf(search);
  const counts = useQuery({
    queryKey: [company, 'partners', 'stages', others],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/partners/stages', { params: { path: { company }, query: others as object }, signal }))).items,
  });
  const picked = stage?.split(',') ?? [];
  const toggle = (key: string) => change({ stage: (picked.includes(key) ? picked.filter(p => p !== key) : [...picked, key]).join(',') });
  return (
    <Group gap={4} role="group" aria-label={t('column.stage')}>
      {all.map(choice => (
        <Button key={choice.key} size="compact-sm" radius="xl" variant={picked.includes(choice.key) ? 'filled' : 'default'} aria-pressed={picked.includes(choice.key)} onClick={() => toggle(choice.key)}>
          {choiceName(choice)} <span style={{ opacity: 0.75, marginInlineStart: 6, minWidth: '1ch' }}>{counts.data ? whole(counts.data.find(c => c.stage === choice.key)?.count ?? 0) : ''}</span>
        </Button>
      ))}
    </Group>
  );
}
