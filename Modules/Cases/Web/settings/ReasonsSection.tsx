import { useTranslation } from 'react-i18next';
import { ChoicesSection } from '@web/settings/ChoicesSection';

export default function ReasonsSection() {
  const { t } = useTranslation('cases');
  return <ChoicesSection kind="lost-reasons" title={t('settings.reasons')} about={t('settings.reasonsAbout')} counted={t('settings.counted')} removing={t('settings.removingReason')} />;
}
