import { useTranslation } from 'react-i18next';
import { DayRangeFilter, FigureRangeFilter, FilterPane, OneFilter, OwnerFilter, PartnerFilter, PickFilter, TextFilter } from '@web/list/filters';
import { useListSearch } from '@web/list/search';
import { kinds, states } from './orders';

export default function Filters() {
  const { t } = useTranslation('orders');
  const { search, change } = useListSearch();
  return (
    <FilterPane>
      <TextFilter field="q" label={t('filter.text')} />
      <TextFilter field="number" label={t('column.number')} />
      <PartnerFilter label={t('column.partner')} />
      <PickFilter field="state" label={t('column.state')} data={states.map(state => ({ value: state, label: t(`state.${state}`) }))} />
      <PickFilter field="kind" label={t('column.kind')} data={kinds.map(kind => ({ value: kind, label: t(`kind.${kind}`) }))} />
      <OwnerFilter label={t('column.owner')} />
      <FigureRangeFilter field="net" label={t('column.net')} />
      {(['orderDate', 'startDate', 'deliveryDate'] as const).map(field => <DayRangeFilter key={field} field={field} label={t(`column.${field}`)} />)}
      <OneFilter label={t('filter.locked')} value={search['locked'] ?? null} data={[{ value: 'true', label: t('locked') }, { value: 'false', label: t('filter.unlocked') }]} onChange={locked => change({ locked: locked ?? '' })} />
    </FilterPane>
  );
}
