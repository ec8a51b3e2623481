import { useTranslation } from 'react-i18next';
import { ChoiceList } from '@web/settings/ChoiceList';

export default function RelationsSection() {
  const { t } = useTranslation('partners');
  return <ChoiceList path="relations" title={t('settings.relations')} about={t('settings.relationsAbout')} counted={t('settings.counted')} removing={t('settings.removing')} />;
}
