import { CloseButton, Group, Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { filtersOf, useListSearch } from '@web/list/search';
import { country } from '@web/parts/formats';
import { useChoices, useUsers } from '../partners';

const flags = ['overLimit', 'openCases', 'wonCases'];

/** What the list is filtered by, in words; each can be taken away. */
export function FilterChips() {
  const { t } = useTranslation('partners');
  const { search, change } = useListSearch();
  const lists = { stage: useChoices('stages'), tag: useChoices('tags'), industry: useChoices('industries'), relation: useChoices('relations') };
  const users = useUsers();
  const filters = Object.entries(filtersOf(search));
  if (filters.length === 0) return null;

  const heads: Record<string, string> = {
    name: t('filter.name'), number: t('column.number'), country: t('column.country'), tag: t('column.tags'), owner: t('column.owner'), stage: t('column.stage'), relation: t('filter.relation'), city: t('filter.city'),
    industry: t('filter.industry'), organisationNumber: t('field.organisationNumber'), department: t('field.department'), q: t('filter.text'),
  };
  const one = (field: string, value: string): string => {
    if (value === 'none') return t('web:filters.none');
    if (value === 'any') return t('filter.some_value');
    if (field in lists) return lists[field as keyof typeof lists].name(value);
    if (field === 'owner') return value === 'me' ? t('web:filters.mine') : users.find(u => u.id === value)?.name ?? value;
    return field === 'country' ? country(value) : value;
  };
  const words = (field: string, value: string) => {
    if (flags.includes(field)) return t(`filter.${field}.${value === 'true' ? 'yes' : 'no'}`);
    const values = field === 'name' || field === 'city' || field === 'q' ? [value] : value.split(',');
    return `${heads[field] ?? field}: ${values.map(v => one(field, v)).join(', ')}`;
  };
  return (
    <Group gap={6} role="group" aria-label={t('web:filters.title')}>
      {filters.map(([field, value]) => (
        <Pill key={field} size="md" withRemoveButton={false} style={{ paddingInlineEnd: 2 }}>
          <Group gap={2} wrap="nowrap">{words(field, value)}<CloseButton size={20} iconSize={13} aria-label={t('filter.clearOne', { field: words(field, value) })} onClick={() => change({ [field]: undefined })} /></Group>
        </Pill>
      ))}
    </Group>
  );
}
