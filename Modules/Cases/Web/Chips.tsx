import { Group, Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useListSearch } from '@web/list/search';
import { useUsers } from '@web/parts/choices';
import { amount, day } from '@web/parts/formats';
import { usePartner } from '@web/parts/partner';
import { type DateField, dateFields, useStatuses, useToday } from './cases';
import { bucketOf, hasRange, toBucket } from './days';
import { noState, stateOf } from './states';

/** What the list is filtered by, each to be taken away (R97). */
export function Chips() {
  const { t } = useTranslation('cases');
  const { search, change } = useListSearch();
  const today = useToday();
  const statuses = useStatuses();
  const users = useUsers();
  const partner = /^\d+$/.test(search['partner'] ?? '') ? Number(search['partner']) : null;
  const { data: partnerIs } = usePartner(partner);

  const several = (field: string, name: (value: string) => string) => (search[field]?.split(',') ?? [])
    .map((value, _, all) => ({ key: `${field} ${value}`, field, value: name(value), remove: { [field]: all.filter(v => v !== value).join(',') } }));
  const owner = (id: string) => (id === 'me' ? t('web:filters.mine') : id === 'none' ? t('web:filters.none') : users.find(u => u.id === id)?.name ?? id);
  const range = (field: string, words: (value: string) => string) => ([['.gte', 'from'], ['.lte', 'to'], ['.gt', 'after'], ['.lt', 'before'], ['', 'on']] as const)
    .flatMap(([end, word]) => { const value = search[`${field}${end}`]; return value ? [t(`range.${word}`, { value: words(value) })] : []; }).join(' ');
  const date = (field: DateField) => {
    if (!hasRange(search, field)) return [];
    const bucket = bucketOf(search, field, today);
    return [{ key: field, field, value: bucket ? t(`bucket.${bucket}`) : range(field, value => (value === 'none' ? t('web:filters.none') : day(value))), remove: toBucket(search, field, undefined, today) }];
  };
  const state = stateOf(search);
  // A slice of dates brings that one with it.
  const isOwn = state && !(state === 'open' && dateFields.some(field => bucketOf(search, field, today)));
  const value = range('value', given => amount(Number(given)));
  const chips = [
    ...(search['q'] ? [{ key: 'q', field: 'title', value: search['q'], remove: { q: '' } }] : []),
    ...several('status', statuses.name), ...several('owner', owner), ...several('partner', number => partnerIs?.name ?? number), ...several('currency', code => code),
    ...(value ? [{ key: 'value', field: 'value', value, remove: { 'value.gte': '', 'value.lte': '', 'value.gt': '', 'value.lt': '', value: '' } }] : []),
    ...dateFields.flatMap(date),
    ...(isOwn ? [{ key: 'state', field: 'state', value: t(`state.${state}`), remove: noState }] : []),
  ];
  if (chips.length === 0) return null;
  return (
    <Group gap={6} component="ul" m={0} p={0} w="100%" aria-label={t('web:filters.title')} style={{ listStyle: 'none' }}>
      {chips.map(chip => {
        const words = `${t(`chip.${chip.field}`)}: ${chip.value}`;
        return <li key={chip.key}><Pill size="md" withRemoveButton onRemove={() => change(chip.remove)} removeButtonProps={{ 'aria-label': t('chip.remove', { filter: words }), tabIndex: 0, 'aria-hidden': false }}>{words}</Pill></li>;
      })}
    </Group>
  );
}
