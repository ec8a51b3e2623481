import { Button, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useListSearch } from '@web/list/search';

/** As the API names them; customers are sorted by their numbers. */
const fields = ['followUp', 'expectedClose', 'status', 'owner', 'partner', 'value', 'weighted', 'probability', 'title', 'createdAt', 'statusChangedAt', 'number'];

/** Everything that cases can be sorted by, more than there are columns (R99); the second choice of a field turns the order round. */
export function SortMenu({ usual }: { usual: string }) {
  const { t } = useTranslation('cases');
  const { search, change } = useListSearch();
  const sort = search['sort'] ?? usual;
  const [field, isDown] = [sort.replace('-', ''), sort.startsWith('-')];
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target><Button size="compact-sm" variant="default" leftSection={<IconArrowsSort size={16} />}>{t('sort.by')}</Button></Menu.Target>
      <Menu.Dropdown>
        {fields.map(name => (
          <Menu.Item key={name} aria-current={name === field} onClick={() => change({ sort: name === field && !isDown ? `-${name}` : name })}
            rightSection={name !== field ? null : isDown ? <IconArrowDown size={16} role="img" aria-label={t('sort.down')} /> : <IconArrowUp size={16} role="img" aria-label={t('sort.up')} />}>
            {t(`sort.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
