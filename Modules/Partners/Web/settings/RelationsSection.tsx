import { useTranslation } from 'react-i18next';
import { ChoicesSection } from '@web/settings/ChoicesSection';

export default function RelationsSection() {
  const { t } = useTranslation('partners');
  return <ChoicesSection kind="relations" title={t('settings.relations')} about={t('settings.relationsAbout')} counted={t('settings.counted')} removing={t('settings.removing')} />;
}
