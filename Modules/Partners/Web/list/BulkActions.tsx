import { Button, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { bulkActions, type BulkName, inBar } from './actions';

/** The actions for what is ticked: the usual ones in the bar, the rest (on a narrow screen all) in a menu. */
export function BulkActions({ onChoose }: { onChoose: (action: BulkName) => void }) {
  const { t } = useTranslation('partners');
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const shown = wide ? bulkActions.slice(0, inBar) : [];
  return (
    <>
      {shown.map(action => <Button key={action.name} size="compact-sm" variant={action.name === 'setStage' ? 'filled' : 'default'} leftSection={<action.icon size={16} />} aria-keyshortcuts={'key' in action ? action.key : undefined} onClick={() => onChoose(action.name)}>{t(`bulk.${action.name}`)}</Button>)}
      <Menu position="bottom-end">
        <Menu.Target><Button size="compact-sm" variant={wide ? 'default' : 'filled'} rightSection={<IconChevronDown size={14} />}>{t(wide ? 'bulk.more' : 'bulk.title')}</Button></Menu.Target>
        <Menu.Dropdown>
          {bulkActions.slice(shown.length).map(action => <Menu.Item key={action.name} color={action.name === 'delete' ? 'red' : undefined} leftSection={<action.icon size={16} />} onClick={() => onChoose(action.name)}>{t(`bulk.${action.name}`)}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
