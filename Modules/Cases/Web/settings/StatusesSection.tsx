import { useTranslation } from 'react-i18next';
import { ChoiceList } from '@web/settings/ChoiceList';

/** How far cases are; a company makes its own statuses (R88), Won and Lost stay (R89). */
export default function StatusesSection() {
  const { t } = useTranslation('cases');
  return <ChoiceList path="case-statuses" title={t('settings.statuses')} about={t('settings.statusesAbout')} counted={t('settings.counted')} removing={t('settings.removingStatus')} number={{ field: 'probability', label: t('column.probability'), isRequired: true }} />;
}
