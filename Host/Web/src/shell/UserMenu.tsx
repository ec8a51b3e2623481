import { ActionIcon, Group, Kbd, Menu, Text } from '@mantine/core';
import { IconBuildings, IconKeyboard, IconLock, IconLogout, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { operatorHome } from '@web/modules';
import { useSession } from '@web/session/session';
import { useSignOut } from '@web/session/useSignOut';
import { LanguageSwitch } from './LanguageSwitch';
import { SchemeSwitch } from './SchemeSwitch';

const PasswordDialog = lazy(() => import('@web/session/PasswordDialog'));

/** What belongs to the user and to no company. */
export function UserMenu({ onHelp }: { onHelp?: () => void }) {
  const { t } = useTranslation();
  const { user, isOperator } = useSession();
  const signOut = useSignOut();
  const [changing, setChanging] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.user', { name: user?.name ?? '' })}><IconUser size={20} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Label><Text size="sm" fw={600} c="var(--mantine-color-text)">{user?.name}</Text>{user?.email}</Menu.Label>
          {onHelp && <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection={<Kbd size="xs">?</Kbd>} onClick={onHelp}>{t('shell.help')}</Menu.Item>}
          {isOperator && <Menu.Item leftSection={<IconBuildings size={16} />} component={Link} to={operatorHome}>{t('shell.operator')}</Menu.Item>}
          <Menu.Item leftSection={<IconLock size={16} />} onClick={() => setChanging(true)}>{t('password.title')}</Menu.Item>
          <Group hiddenFrom="sm" px="xs"><LanguageSwitch /><SchemeSwitch /></Group>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>{t('shell.signOut')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>{changing && <PasswordDialog onClose={() => setChanging(false)} />}</Suspense>
    </>
  );
}
