import { Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@web/parts/Dialog';
import { moment } from '@web/parts/formats';
import { valueAt } from './patch';
import type { Conflict, Editable } from './saving';

interface Props<T extends { version: number }> { thing: Editable<T>; conflict: Conflict<T>; onMine: () => void; onTheirs: () => void; onBack: () => void }

/** Somebody else changed the same since the form was opened: the user says which values stand. */
export default function ConflictDialog<T extends { version: number }>({ thing, conflict, onMine, onTheirs, onBack }: Props<T>) {
  const { t } = useTranslation();
  const { theirs, seen, patch } = conflict;
  const at = (theirs as { updatedAt?: string }).updatedAt;
  const shown = (pointer: string, value: unknown) => thing.words(pointer, value) || <Text span size="sm" c="dimmed">{t('edit.empty')}</Text>;
  return (
    <Dialog onClose={onBack} size="lg" title={t('edit.conflict', { name: thing.name })}>
      <Text size="sm" mb="sm">{at ? t('edit.conflictWhen', { when: moment(at) }) : t('edit.conflictWhy')}</Text>
      <Table.ScrollContainer minWidth={460}>
        <Table>
          <Table.Thead><Table.Tr><Table.Th>{t('edit.member')}</Table.Th><Table.Th>{t('edit.before')}</Table.Th><Table.Th>{t('edit.theirs')}</Table.Th><Table.Th>{t('edit.mine')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {conflict.pointers.map(pointer => (
              <Table.Tr key={pointer}>
                <Table.Th scope="row">{thing.label(pointer)}</Table.Th>
                <Table.Td>{shown(pointer, valueAt(thing.written(seen), pointer))}</Table.Td>
                <Table.Td>{shown(pointer, valueAt(thing.written(theirs), pointer))}</Table.Td>
                <Table.Td fw={600}>{shown(pointer, valueAt(patch, pointer))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group justify="flex-end" mt="md">
        <Button variant="subtle" onClick={onBack}>{t('edit.back')}</Button>
        <Button variant="default" onClick={onTheirs}>{t('edit.takeTheirs')}</Button>
        <Button data-autofocus onClick={onMine}>{t('edit.keepMine')}</Button>
      </Group>
    </Dialog>
  );
}
