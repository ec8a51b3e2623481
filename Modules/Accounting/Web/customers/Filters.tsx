import { useTranslation } from 'react-i18next';
import { FilterPane, OneFilter, PartnerFilter, PickFilter, TextFilter } from '@web/list/filters';
import { useListSearch } from '@web/list/search';
import { reviews } from '../accounting';

export default function Filters() {
  const { t } = useTranslation('accounting');
  const { search, change } = useListSearch();
  return (
    <FilterPane>
      <TextFilter field="name" label={t('customers.name')} />
      <PickFilter field="review" label={t('customers.why')} data={reviews.map(review => ({ value: review, label: t(`review.${review}`) }))} />
      <OneFilter label={t('conflict.filter')} value={search['conflicts'] ?? null} data={[{ value: 'true', label: t('conflict.some') }]} onChange={value => change({ conflicts: value ?? '' })} />
      <PartnerFilter label={t('customers.partner')} />
    </FilterPane>
  );
}
