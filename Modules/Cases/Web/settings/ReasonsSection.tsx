import { useTranslation } from 'react-i18next';
import { ChoiceList } from '@web/settings/ChoiceList';

export default function ReasonsSection() {
  const { t } = useTranslation('cases');
  return <ChoiceList path="lost-reasons" title={t('settings.reasons')} about={t('settings.reasonsAbout')} counted={t('settings.counted')} removing={t('settings.removingReason')} />;
}
