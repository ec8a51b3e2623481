import { useTranslation } from 'react-i18next';
import { ChoiceList } from '@web/settings/ChoiceList';

export default function IndustriesSection() {
  const { t } = useTranslation('partners');
  return <ChoiceList path="industries" title={t('settings.industries')} about={t('settings.industriesAbout')} counted={t('settings.counted')} removing={t('settings.removing')} />;
}
