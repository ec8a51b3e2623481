import { useTranslation } from 'react-i18next';
import { ChoicesSection } from '@web/settings/ChoicesSection';

/** How far cases are; a company makes its own statuses (R88), Won and Lost stay (R89). */
export default function StatusesSection() {
  const { t } = useTranslation('cases');
  return <ChoicesSection kind="case-statuses" title={t('settings.statuses')} about={t('settings.statusesAbout')} counted={t('settings.counted')} removing={t('settings.removingStatus')} number={{ field: 'probability', label: t('column.probability'), isRequired: true }} />;
}
