import { Group, Kbd, Switch, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@web/parts/Dialog';
import { keysNow, letterKeys } from '@web/parts/useKeys';

const heads = { page: 'help.here', frame: 'help.here', shell: 'help.everywhere', menu: 'help.pages' };

const signs: Record<string, string> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', Escape: 'Esc', ' ': '␣', ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };

/** The keys of one name: mod+shift+z are three at once, g p two after each other. */
const keysOf = (name: string): string[] => (name === ' ' ? [name] : name.split(/[ +]/)).map(key => signs[key] ?? (key.length === 1 ? key.toUpperCase() : key));

/** What can be pressed on the page that it is opened on. */
export default function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [areOn, turn] = useState(letterKeys.areOn);
  const byHead = Map.groupBy(keysNow(), key => heads[key.level]);
  return (
    <Dialog onClose={onClose} title={t('shell.help')} size="md">
      {[...byHead].map(([head, keys]) => (
        <Table key={head} mb="md" withRowBorders={false} verticalSpacing={4}>
          <Table.Caption style={{ captionSide: 'top', textAlign: 'start' }}><Text fw={600} size="sm">{t(head)}</Text></Table.Caption>
          <Table.Tbody>
            {[...Map.groupBy(keys, key => key.text)].map(([text, names]) => (
              <Table.Tr key={text}>
                <Table.Td w="45%"><Group gap="xs">{names.map(({ name }) => <Group key={name} gap={3} wrap="nowrap" data-key={name}>{keysOf(name).map(key => <Kbd key={key}>{key}</Kbd>)}</Group>)}</Group></Table.Td>
                <Table.Td>{text}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ))}
      <Switch label={t('help.letters')} description={t('help.lettersWhy')} checked={areOn} onChange={event => { letterKeys.turn(event.currentTarget.checked); turn(event.currentTarget.checked); }} />
    </Dialog>
  );
}
