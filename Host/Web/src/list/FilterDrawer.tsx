import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The filters where there is no room for them beside the list. */
export default function FilterDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return <Drawer opened onClose={onClose} aria-label={t('filters.title')} size="xs" closeButtonProps={{ 'aria-label': t('close') }}>{children}</Drawer>;
}
