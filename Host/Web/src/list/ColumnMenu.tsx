import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconArrowsHorizontal, IconColumns3, IconMinus, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Columns } from './columns';

const step = 24;

/** Which columns there are, in which order, how wide: all of it without a mouse. */
export function ColumnMenu<T>({ columns }: { columns: Columns<T> }) {
  const { t } = useTranslation();
  const wider = (id: string, by: number) => {
    const head = document.querySelector<HTMLElement>(`[role="columnheader"][data-column="${id}"]`);
    columns.resize(id, (head?.offsetWidth ?? 120) + by);
  };
  return (
    <Popover position="bottom-end" trapFocus returnFocus shadow="md" width={340}>
      <Popover.Target><Button size="compact-sm" variant="default" leftSection={<IconColumns3 size={16} />}>{t('web:columns.title')}</Button></Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t('web:columns.title')}>
        <Group justify="space-between" mb={4}>
          <Text size="sm" fw={600}>{t('web:columns.title')}</Text>
          <Button size="compact-xs" variant="subtle" disabled={columns.isUsual} onClick={columns.reset}>{t('web:columns.reset')}</Button>
        </Group>
        <ScrollArea.Autosize mah="min(28rem, 60vh)" type="auto" offsetScrollbars="y">
          <Stack gap={2} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {columns.all.map(column => {
              const id = column.id!;
              const name = column.meta!.head;
              const isShown = columns.isShown(id);
              const act = (label: string, icon: React.ReactNode, run: () => void) => <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t(`web:columns.${label}`, { name })} onClick={run}>{icon}</ActionIcon>;
              return (
                <Group key={id} component="li" justify="space-between" wrap="nowrap" gap={4} mih={28}>
                  <Checkbox size="xs" label={name} checked={isShown} onChange={() => columns.toggle(id)} />
                  {isShown && (
                    <Group gap={0} wrap="nowrap">
                      {act('narrower', <IconMinus size={14} />, () => wider(id, -step))}
                      {act('usualWidth', <IconArrowsHorizontal size={14} />, () => columns.resize(id, null))}
                      {act('wider', <IconPlus size={14} />, () => wider(id, step))}
                      {act('up', <IconArrowUp size={14} />, () => columns.move(id, -1))}
                      {act('down', <IconArrowDown size={14} />, () => columns.move(id, 1))}
                    </Group>
                  )}
                </Group>
              );
            })}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
