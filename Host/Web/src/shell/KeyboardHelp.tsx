import { Group, Kbd, Modal, Switch, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { letterKeys } from '@web/parts/useKeys';
import { useRole } from '@web/session/session';
import { everyItem, isOffered } from './menus';

const list = [['j', 'k', 'help.move'], ['x', 'help.select'], ['Shift', 'x', 'help.range'], ['a', 'help.all'], ['Enter', 'help.open'],
  [' ', 'help.peek'], ['←', '→', 'help.cell'], ['F2', 'help.editCell'], ['s', 'help.stage'], ['o', 'help.owner'], ['t', 'help.tag'], ['Shift', '←', '→', 'help.width'], ['Esc', 'help.clear']];
const card = [['e', 'help.edit'], ['Ctrl', 'Enter', 'help.save'], ['Esc', 'help.cancel'], ['Ctrl', '←', 'help.previous'], ['Ctrl', '→', 'help.next'], ['1–9', 'help.tab']];
const everywhere = [['Ctrl', 'k', 'help.palette'], ['/', 'help.palette'], ['?', 'help.help'], ['Ctrl', 'z', 'help.undo'], ['Ctrl', 'Shift', 'z', 'help.redo']];

export default function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [areOn, turn] = useState(letterKeys.areOn);
  const role = useRole();
  const rows = (all: string[][]) => all.map(row => ({ keys: row.slice(0, -1), text: t(row.at(-1)!) }));
  const menu = everyItem.filter(item => item.keys && isOffered(item, role)).map(item => ({ keys: item.keys!.split(' '), text: t(item.text) }));
  return (
    <Modal opened onClose={onClose} title={t('shell.help')} closeButtonProps={{ 'aria-label': t('close') }} size="md">
      {[['help.everywhere', rows(everywhere)], ['help.pages', menu], ['help.lists', rows(list)], ['help.card', rows(card)]].map(([head, keys]) => (
        <Table key={head as string} mb="md" withRowBorders={false} verticalSpacing={4}>
          <Table.Caption style={{ captionSide: 'top', textAlign: 'start' }}><Text fw={600} size="sm">{t(head as string)}</Text></Table.Caption>
          <Table.Tbody>
            {(keys as { keys: string[]; text: string }[]).map(({ keys: pressed, text }) => (
              <Table.Tr key={pressed.join(' ') + text}>
                <Table.Td w="40%"><Group gap={4}>{pressed.map(key => <Kbd key={key}>{key === ' ' ? '␣' : key.length === 1 ? key.toUpperCase() : key}</Kbd>)}</Group></Table.Td>
                <Table.Td>{text}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ))}
      <Switch label={t('help.letters')} description={t('help.lettersWhy')} checked={areOn} onChange={event => { turn(event.currentTarget.checked); letterKeys.turn(event.currentTarget.checked); }} />
    </Modal>
  );
}
