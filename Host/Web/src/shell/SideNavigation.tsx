import { NavLink, Stack } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MenuItem } from '@web/modules';
import { useCompany, useRole } from '@web/session/session';
import { isOffered, sideGroups } from './menus';

export function SideNavigation({ onChosen }: { onChosen: () => void }) {
  const { t } = useTranslation();
  const company = useCompany();
  const role = useRole();
  const here = useLocation().pathname;

  const entry = (item: MenuItem) => {
    const to = `/${company}/${item.to}`;
    const isHere = here === to || here.startsWith(`${to}/`);
    return (
      <NavLink key={item.to} component={Link} to={to} onClick={onChosen} label={t(item.text)} active={isHere} aria-current={isHere ? 'page' : undefined}
        leftSection={<item.icon size={18} stroke={1.6} />} style={{ borderRadius: 'var(--mantine-radius-sm)' }} />
    );
  };

  return (
    <Stack gap={2}>
      {sideGroups.map(group => ({ ...group, items: group.items.filter(item => isOffered(item, role)) })).map(group => (group.head
        ? <NavLink key={group.head} label={t(group.head)} leftSection={<IconUsers size={18} stroke={1.6} />} defaultOpened childrenOffset={20} fw={600} style={{ borderRadius: 'var(--mantine-radius-sm)' }}>{group.items.map(entry)}</NavLink>
        : group.items.map(entry)))}
    </Stack>
  );
}
