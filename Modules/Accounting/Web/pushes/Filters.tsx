import { useTranslation } from 'react-i18next';
import { FilterPane, PartnerFilter, PickFilter } from '@web/list/filters';
import { pushStates } from './pushes';

export default function Filters() {
  const { t } = useTranslation('accounting');
  return (
    <FilterPane>
      <PickFilter field="state" label={t('pushes.state')} data={pushStates.map(state => ({ value: state, label: t(`push.${state}`) }))} />
      <PartnerFilter label={t('customers.partner')} />
    </FilterPane>
  );
}
