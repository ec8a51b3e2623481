import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import Filters from './Filters';

/** The filters where there is no room for them beside the list. */
export default function FilterDrawer({ stages, onClose }: { stages: boolean; onClose: () => void }) {
  const { t } = useTranslation('partners');
  return <Drawer opened onClose={onClose} title={t('filter.title')} size="xs" closeButtonProps={{ 'aria-label': t('web:close') }}><Filters stages={stages} titled={false} /></Drawer>;
}
