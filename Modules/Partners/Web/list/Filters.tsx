import { Button, Checkbox, Group, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PickFilter, TextFilter } from '@web/list/filters';
import { filtersOf, useListSearch } from '@web/list/search';
import { knownCountries } from '@web/parts/Flag';
import { country } from '@web/parts/formats';
import { choiceName, type Choices, useChoices, useUsers } from '../partners';

/** The filters at the left (R37): several of one field widen, several fields narrow. */
export default function Filters({ stages, titled = true }: { stages: boolean; titled?: boolean }) {
  const { t } = useTranslation('partners');
  const { search, change, clear } = useListSearch();
  const users = useUsers();
  const choices = (all: ReturnType<typeof useChoices>['all']) => all.map(c => ({ value: c.key, label: choiceName(c) }));
  const lists: Record<Choices, ReturnType<typeof useChoices>> = { stages: useChoices('stages'), tags: useChoices('tags'), industries: useChoices('industries'), relations: useChoices('relations') };
  const countries = knownCountries.map(code => ({ value: code, label: country(code) })).sort((a, b) => a.label.localeCompare(b.label));
  const none = { value: 'none', label: t('filter.none') };
  const isFiltered = Object.keys(filtersOf(search)).length > 0;
  return (
    <Stack gap="sm" component="search">
      <Group justify="space-between" h={26}>
        {titled ? <Title order={2} size="h6">{t('filter.title')}</Title> : <span />}
        {isFiltered && <Button size="compact-xs" variant="subtle" onClick={clear}>{t('filter.clear')}</Button>}
      </Group>
      <TextFilter field="name" label={t('filter.name')} />
      <TextFilter field="number" label={t('column.number')} />
      <PickFilter field="country" label={t('column.country')} data={countries} />
      <PickFilter field="tag" label={t('column.tags')} data={[...choices(lists.tags.all), none]} />
      <PickFilter field="owner" label={t('column.owner')} data={[{ value: 'me', label: t('filter.mine') }, ...users.map(u => ({ value: u.id ?? '', label: u.name })), none]} />
      <PickFilter field="stage" label={t('column.stage')} data={stages ? choices(lists.stages.all) : [...choices(lists.stages.all), none]} />
      <PickFilter field="relation" label={t('filter.relation')} data={choices(lists.relations.all)} />
      <TextFilter field="city" label={t('filter.city')} />
      <PickFilter field="industry" label={t('filter.industry')} data={[...choices(lists.industries.all), none]} />
      <Stack gap={6}>{['overLimit', 'openCases'].map(flag => <Checkbox key={flag} size="xs" label={t(`filter.${flag}.yes`)} checked={search[flag] === 'true'} onChange={event => change({ [flag]: event.currentTarget.checked ? 'true' : undefined })} />)}</Stack>
    </Stack>
  );
}
