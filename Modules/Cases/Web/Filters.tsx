import { Button, Group, Select, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PartnerSelect } from '@web/edit/selects';
import { DayRangeFilter, FigureRangeFilter, PickFilter, TextFilter } from '@web/list/filters';
import { filtersOf, useListSearch } from '@web/list/search';
import { useUsers } from '@web/parts/choices';
import { dateFields, useStatuses } from './cases';

/** What the API's fields about closing and deleting make together. */
export const states: Record<string, Record<string, string>> = { open: { kind: 'open', closed: 'false' }, notClosed: { closed: 'false' }, closed: { closed: 'true' }, deleted: { deleted: 'true' } };
const stateFields = ['kind', 'closed', 'deleted'];

export const stateOf = (search: Record<string, string>): string | undefined =>
  Object.keys(states).find(state => stateFields.every(field => search[field] === states[state]![field]));
export const noState = Object.fromEntries(stateFields.map(field => [field, undefined]));

/** The filters at the left: several of one field widen, several fields narrow. */
export function Filters() {
  const { t } = useTranslation('cases');
  const { search, change, clear } = useListSearch();
  const users = useUsers();
  const statuses = useStatuses();
  const partner = /^\d+$/.test(search['partner'] ?? '') ? Number(search['partner']) : null;
  return (
    <Stack gap="sm" component="search">
      <Group justify="space-between" h={26}>
        <Title order={2} size="h6">{t('filter.title')}</Title>
        {Object.keys(filtersOf(search)).length > 0 && <Button size="compact-xs" variant="subtle" onClick={clear}>{t('filter.clear')}</Button>}
      </Group>
      <TextFilter field="q" label={t('column.title')} />
      <PickFilter field="status" label={t('column.status')} data={statuses.all.map(s => ({ value: s.key, label: statuses.name(s.key) }))} />
      <PickFilter field="owner" label={t('column.owner')} data={[{ value: 'me', label: t('filter.mine') }, ...users.flatMap(u => (u.id ? [{ value: u.id, label: u.name }] : [])), { value: 'none', label: t('filter.none') }]} />
      <PartnerSelect size="xs" label={t('column.partner')} placeholder={t('web:list.any')} value={partner} onChange={number => change({ partner: number === null ? '' : `${number}` })} />
      <FigureRangeFilter field="value" label={t('column.value')} />
      {dateFields.map(field => <DayRangeFilter key={field} field={field} label={t(`column.${field}`)} />)}
      <Select size="xs" label={t('filter.state')} placeholder={t('web:list.any')} clearable clearButtonProps={{ 'aria-label': t('web:edit.clear', { field: t('filter.state') }) }} value={stateOf(search) ?? null}
        data={Object.keys(states).map(state => ({ value: state, label: t(`state.${state}`) }))} onChange={state => change({ ...noState, ...(state ? states[state] : {}) })} />
    </Stack>
  );
}
