import { ActionIcon, Group, Paper, Title, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useKeys } from '@web/parts/useKeys';
import classes from './Part.module.css';

interface Props {
  title: string;
  /** What the pencil is called. */
  edit?: string;
  mayChange?: boolean;
  /** Keys that open the form: at its first field, or at the one with that data-field. */
  shortcuts?: { key: string; text: string; field?: string }[];
  /** Without one the part is only read. */
  form?: (close: () => void) => ReactNode;
  children: ReactNode;
}

/** A part of a thing's page: as it is read, and by pencil or key its form. */
export function Part({ title, edit = title, mayChange = false, shortcuts = [], form, children }: Props) {
  /** The field to begin with; '' = the first; null = it is read. */
  const [at, setAt] = useState<string | null>(null);
  const isOpen = at !== null;
  const close = () => setAt(null);
  const pencil = useRef<HTMLButtonElement>(null);
  const paper = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  // Who opens the form stands in its first field, who ends it where it was opened.
  useEffect(() => {
    if (isOpen) paper.current?.querySelector<HTMLElement>(at ? `[data-field="${at}"]` : 'form input, form textarea')?.focus();
    else if (wasOpen.current) pencil.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen, at]);
  useEffect(() => { if (!mayChange) setAt(null); }, [mayChange]);
  const isOffered = mayChange && form !== undefined && !isOpen;
  useKeys(Object.fromEntries(shortcuts.map(({ key, text, field = '' }) => [key, isOffered && { text, run: () => setAt(field) }])));
  return (
    <Paper ref={paper} withBorder p="md" radius="md" component="section" aria-label={title} className={classes.part} data-section data-open={isOpen || undefined}>
      <Group justify="space-between" mb="xs" h={28} wrap="nowrap">
        <Title order={2} size="h6">{title}</Title>
        {isOffered && <Tooltip label={edit}><ActionIcon ref={pencil} variant="subtle" color="gray" data-pencil aria-label={edit} aria-keyshortcuts={shortcuts.find(s => !s.field)?.key.toUpperCase()} onClick={() => setAt('')}><IconPencil size={17} /></ActionIcon></Tooltip>}
      </Group>
      {isOpen && form && mayChange ? form(close) : children}
    </Paper>
  );
}
