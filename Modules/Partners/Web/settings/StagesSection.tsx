import { useTranslation } from 'react-i18next';
import { ChoicesSection } from '@web/settings/ChoicesSection';

/** The stages of customers, in the company's order and words; Active is set by orders and stays (R36). */
export default function StagesSection() {
  const { t } = useTranslation('partners');
  return <ChoicesSection kind="stages" title={t('settings.stages')} about={t('settings.stagesAbout')} counted={t('settings.counted')} removing={t('settings.removing')} />;
}
