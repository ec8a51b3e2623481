import { useTranslation } from 'react-i18next';
import { DayRangeFilter, FigureRangeFilter, FilterPane, OneFilter, OwnerFilter, PartnerFilter, PickFilter, TextFilter } from '@web/list/filters';
import { useListSearch } from '@web/list/search';
import { dateFields, useStatuses } from './cases';
import { noState, stateOf, states } from './states';

export default function Filters() {
  const { t } = useTranslation('cases');
  const { search, change } = useListSearch();
  const statuses = useStatuses();
  return (
    <FilterPane>
      <TextFilter field="q" label={t('column.title')} />
      <PickFilter field="status" label={t('column.status')} data={statuses.all.map(s => ({ value: s.key, label: statuses.name(s.key) }))} />
      <OwnerFilter label={t('column.owner')} />
      <PartnerFilter label={t('column.partner')} />
      <FigureRangeFilter field="value" label={t('column.value')} />
      {dateFields.map(field => <DayRangeFilter key={field} field={field} label={t(`column.${field}`)} />)}
      <OneFilter label={t('filter.state')} value={stateOf(search) ?? null} data={Object.keys(states).map(state => ({ value: state, label: t(`state.${state}`) }))} onChange={state => change({ ...noState, ...(state ? states[state] : {}) })} />
    </FilterPane>
  );
}
