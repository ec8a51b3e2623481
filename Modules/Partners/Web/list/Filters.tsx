import { Button, Checkbox, Group, MultiSelect, Stack, TextInput, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knownCountries } from '@web/parts/Flag';
import { country } from '@web/parts/formats';
import { filtersOf, useListSearch } from '@web/list/search';
import { choiceName, type Choices, useChoices, useUsers } from '../partners';

const typingPause = 250;

/** Text that is looked for a moment after the last key. */
function TextFilter({ field, label }: { field: string; label: string }) {
  const { search, change } = useListSearch();
  const given = search[field] ?? '';
  const [text, setText] = useState(given);
  const apply = useDebouncedCallback((value: string) => change({ [field]: value.trim() }), typingPause);
  // The address bar may change otherwise: back, a link, clear.
  useEffect(() => setText(given), [given]);
  return <TextInput size="xs" label={label} value={text} inputMode={field === 'number' ? 'numeric' : 'text'} onChange={e => { const value = field === 'number' ? e.currentTarget.value.replace(/\D/g, '') : e.currentTarget.value; setText(value); apply(value); }} />;
}

function PickFilter({ field, label, data, icon }: { field: string; label: string; data: { value: string; label: string }[]; icon?: ReactNode }) {
  const { t } = useTranslation('partners');
  const { search, change } = useListSearch();
  const picked = search[field]?.split(',') ?? [];
  // What a link asks for and this company does not know (any more) can still be taken away.
  const all = [...data, ...picked.filter(value => data.every(d => d.value !== value)).map(value => ({ value, label: value }))];
  return (
    <MultiSelect size="xs" label={label} data={all} value={picked} searchable clearable hidePickedOptions leftSection={icon} nothingFoundMessage={t('filter.nothing')} clearButtonProps={{ 'aria-label': t('filter.clearOne', { field: label }) }}
      placeholder={picked.length === 0 ? t('filter.any') : ''} onChange={values => change({ [field]: values.join(',') })} />
  );
}

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
