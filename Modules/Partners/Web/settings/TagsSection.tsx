import { useTranslation } from 'react-i18next';
import { ChoicesSection } from '@web/settings/ChoicesSection';

/** The tags; one may give new order lines a discount (R45). */
export default function TagsSection() {
  const { t } = useTranslation('partners');
  return <ChoicesSection kind="tags" title={t('settings.tags')} about={t('settings.tagsAbout')} counted={t('settings.counted')} removing={t('settings.removing')} number={{ field: 'discountPercent', label: t('settings.discount') }} />;
}
