import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SideDialog } from '@web/parts/Dialog';

/** The filters where there is no room for them beside the list. They bring their own heading. */
export default function FilterDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return <SideDialog label={t('filters.title')} onClose={onClose} position="left" size="xs">{children}</SideDialog>;
}
