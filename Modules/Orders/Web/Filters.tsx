import { Button, Group, Select, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PartnerSelect } from '@web/edit/selects';
import { DayRangeFilter, FigureRangeFilter, PickFilter, TextFilter } from '@web/list/filters';
import { filtersOf, useListSearch } from '@web/list/search';
import { useUsers } from '@web/parts/choices';
import { kinds, states } from './orders';

/** The filters at the left: several of one field widen, several fields narrow. */
export function Filters() {
  const { t } = useTranslation('orders');
  const { search, change, clear } = useListSearch();
  const users = useUsers();
  const partner = /^\d+$/.test(search['partner'] ?? '') ? Number(search['partner']) : null;
  return (
    <Stack gap="sm" component="search">
      <Group justify="space-between" h={26}>
        <Title order={2} size="h6">{t('filter.title')}</Title>
        {Object.keys(filtersOf(search)).length > 0 && <Button size="compact-xs" variant="subtle" onClick={clear}>{t('filter.clear')}</Button>}
      </Group>
      <TextFilter field="q" label={t('filter.text')} />
      <TextFilter field="number" label={t('column.number')} />
      <PartnerSelect size="xs" label={t('column.partner')} placeholder={t('web:list.any')} value={partner} onChange={number => change({ partner: number === null ? '' : `${number}` })} />
      <PickFilter field="state" label={t('column.state')} data={states.map(state => ({ value: state, label: t(`state.${state}`) }))} />
      <PickFilter field="kind" label={t('column.kind')} data={kinds.map(kind => ({ value: kind, label: t(`kind.${kind}`) }))} />
      <PickFilter field="owner" label={t('column.owner')} data={[{ value: 'me', label: t('filter.mine') }, ...users.flatMap(u => (u.id ? [{ value: u.id, label: u.name }] : [])), { value: 'none', label: t('filter.none') }]} />
      <FigureRangeFilter field="net" label={t('column.net')} />
      {(['orderDate', 'startDate', 'deliveryDate'] as const).map(field => <DayRangeFilter key={field} field={field} label={t(`column.${field}`)} />)}
      <Select size="xs" label={t('filter.locked')} placeholder={t('web:list.any')} clearable clearButtonProps={{ 'aria-label': t('web:edit.clear', { field: t('filter.locked') }) }} value={search['locked'] ?? null}
        data={[{ value: 'true', label: t('locked') }, { value: 'false', label: t('filter.unlocked') }]} onChange={locked => change({ locked: locked ?? '' })} />
    </Stack>
  );
}
