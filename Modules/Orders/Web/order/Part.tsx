import { ActionIcon, Group, Paper, Title, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@web/parts/useKeys';

/** A part of the order: as it is read, and by pencil or key its form. */
export function Part({ title, mayChange = false, shortcut, form, children }: { title: string; mayChange?: boolean; shortcut?: string; form?: (close: () => void) => ReactNode; children: ReactNode }) {
  const { t } = useTranslation('orders');
  const [isOpen, { open, close }] = useDisclosure(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const paper = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  // Who opens the form stands in its first field, who ends it where it was opened.
  useEffect(() => {
    if (isOpen) paper.current?.querySelector<HTMLElement>('form input, form textarea')?.focus();
    else if (wasOpen.current) pencil.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  useEffect(() => { if (!mayChange) close(); }, [mayChange, close]);
  const isOffered = mayChange && form !== undefined && !isOpen;
  useKeys(shortcut ? { [shortcut]: isOffered && { text: t('order.edit', { part: title }), run: open } } : {});
  return (
    <Paper ref={paper} withBorder p="md" radius="md" component="section" aria-label={title}>
      <Group justify="space-between" mb="xs" h={28} wrap="nowrap">
        <Title order={2} size="h6">{title}</Title>
        {isOffered && <Tooltip label={t('order.edit', { part: title })}><ActionIcon ref={pencil} variant="subtle" color="gray" aria-label={t('order.edit', { part: title })} aria-keyshortcuts={shortcut?.toUpperCase()} onClick={open}><IconPencil size={17} /></ActionIcon></Tooltip>}
      </Group>
      {isOpen && form && mayChange ? form(close) : children}
    </Paper>
  );
}
