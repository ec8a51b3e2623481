import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FilterPane, OwnerFilter, PickFilter, TextFilter } from '@web/list/filters';
import { useListSearch } from '@web/list/search';
import { knownCountries } from '@web/parts/Flag';
import { country } from '@web/parts/formats';
import { choiceName, type Choices, useChoices } from '../partners';

export default function Filters({ stages }: { stages: boolean }) {
  const { t } = useTranslation('partners');
  const { search, change } = useListSearch();
  const choices = (all: ReturnType<typeof useChoices>['all']) => all.map(c => ({ value: c.key, label: choiceName(c) }));
  const lists: Record<Choices, ReturnType<typeof useChoices>> = { stages: useChoices('stages'), tags: useChoices('tags'), industries: useChoices('industries'), relations: useChoices('relations') };
  const countries = knownCountries.map(code => ({ value: code, label: country(code) })).sort((a, b) => a.label.localeCompare(b.label));
  const none = { value: 'none', label: t('web:filters.none') };
  return (
    <FilterPane>
      <TextFilter field="name" label={t('filter.name')} />
      <TextFilter field="number" label={t('column.number')} />
      <PickFilter field="country" label={t('column.country')} data={countries} />
      <PickFilter field="tag" label={t('column.tags')} data={[...choices(lists.tags.all), none]} />
      <OwnerFilter label={t('column.owner')} />
      <PickFilter field="stage" label={t('column.stage')} data={stages ? choices(lists.stages.all) : [...choices(lists.stages.all), none]} />
      <PickFilter field="relation" label={t('filter.relation')} data={choices(lists.relations.all)} />
      <TextFilter field="city" label={t('filter.city')} />
      <PickFilter field="industry" label={t('filter.industry')} data={[...choices(lists.industries.all), none]} />
      <Stack gap={6}>{['overLimit', 'openCases'].map(flag => <Checkbox key={flag} size="xs" label={t(`filter.${flag}.yes`)} checked={search[flag] === 'true'} onChange={event => change({ [flag]: event.currentTarget.checked ? 'true' : undefined })} />)}</Stack>
    </FilterPane>
  );
}
