import { useTranslation } from 'react-i18next';
import { ChoicesSection } from '@web/settings/ChoicesSection';

export default function IndustriesSection() {
  const { t } = useTranslation('partners');
  return <ChoicesSection kind="industries" title={t('settings.industries')} about={t('settings.industriesAbout')} counted={t('settings.counted')} removing={t('settings.removing')} />;
}
