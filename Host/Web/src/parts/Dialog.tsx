import { Drawer, type DrawerProps, Modal, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from './useFocusBack';

type Own = 'opened' | 'closeButtonProps' | 'returnFocus';

/** A dialog, drawn only while it is open. Its title is its name, and the focus goes back to what opened it. */
export function Dialog(props: Omit<ModalProps, Own>) {
  const { t } = useTranslation();
  useFocusBack();
  return <Modal {...props} opened returnFocus={false} closeButtonProps={{ 'aria-label': t('web:close') }} />;
}

/** The same at the side of the page; with a label in place of a title where what is in it has its own heading. */
export function SideDialog({ title, label, children, overlayProps, ...props }: Omit<DrawerProps, Own | 'title'> & { title?: ReactNode; label?: string; children: ReactNode }) {
  const { t } = useTranslation();
  useFocusBack();
  return (
    <Drawer.Root {...props} opened returnFocus={false}>
      <Drawer.Overlay {...overlayProps} />
      <Drawer.Content aria-label={label}>
        <Drawer.Header>{title && <Drawer.Title>{title}</Drawer.Title>}<Drawer.CloseButton aria-label={t('web:close')} /></Drawer.Header>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
