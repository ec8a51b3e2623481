import { ActionIcon, Burger, Button, Group, Kbd, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconBuilding, IconCheck, IconChevronDown, IconPlus, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCompany, useMayWrite, useSession } from '@web/session/session';
import classes from './Header.module.css';
import { LanguageSwitch } from './LanguageSwitch';
import { Mark } from './Mark';
import { createItems, topMenus } from './menus';
import { SchemeSwitch } from './SchemeSwitch';
import { UserMenu } from './UserMenu';

export function Header({ navOpen, onNav, onSearch, onHelp }: { navOpen: boolean; onNav: () => void; onSearch: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  return (
    <Group h="100%" px="sm" justify="space-between" wrap="nowrap" gap="xs">
      <Group gap="xs" wrap="nowrap">
        <Burger opened={navOpen} onClick={onNav} hiddenFrom="md" size="sm" aria-label={t('shell.menu')} aria-expanded={navOpen} />
        <Link to="/" className={classes.home} title={t('shell.home')}><Mark /></Link>
        <nav aria-label={t('shell.top')} className={classes.top}>{topMenus.map(menu => <TopMenu key={menu.head} {...menu} />)}</nav>
      </Group>
      <Group gap={4} wrap="nowrap">
        <UnstyledButton className={classes.search} onClick={onSearch} aria-keyshortcuts="Control+K" visibleFrom="sm">
          <IconSearch size={16} /><Text size="sm" c="dimmed" span flex={1}>{t('shell.search')}</Text><Kbd size="xs">Ctrl K</Kbd>
        </UnstyledButton>
        <ActionIcon hiddenFrom="sm" variant="subtle" color="gray" size="lg" aria-label={t('shell.search')} onClick={onSearch}><IconSearch size={20} /></ActionIcon>
        <AddNew />
        <CompanySwitch />
        <Group gap={0} wrap="nowrap" visibleFrom="sm"><LanguageSwitch /><SchemeSwitch /></Group>
        <UserMenu onHelp={onHelp} />
      </Group>
    </Group>
  );
}

function TopMenu({ head, items }: (typeof topMenus)[number]) {
  const { t } = useTranslation();
  const company = useCompany();
  return (
    <Menu position="bottom-start">
      <Menu.Target><Button variant="subtle" color="gray" size="compact-sm" rightSection={<IconChevronDown size={14} />}>{t(head)}</Button></Menu.Target>
      <Menu.Dropdown>
        {items.map(item => <Menu.Item key={item.to} component={Link} to={`/${company}/${item.to}`} leftSection={<item.icon size={16} />}>{t(item.text)}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}

function AddNew() {
  const { t } = useTranslation();
  const company = useCompany();
  if (!useMayWrite() || createItems.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" leftSection={<IconPlus size={16} />} className={classes.add} aria-label={t('shell.addNew')}><span className={classes.addText}>{t('shell.addNew')}</span></Button>
      </Menu.Target>
      <Menu.Dropdown>
        {createItems.map(item => <Menu.Item key={item.to} component={Link} to={`/${company}/${item.to}`} leftSection={<item.icon size={16} />}>{t(item.text)}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}

function CompanySwitch() {
  const { t } = useTranslation();
  const go = useNavigate();
  const company = useCompany();
  const { companies } = useSession();
  const open = companies.find(c => c.slug === company);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" className={classes.company} leftSection={<IconBuilding size={18} />} aria-label={`${t('shell.company')}: ${open?.name ?? ''}`}>
          <span className={classes.companyName}>{open?.name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.company')}</Menu.Label>
        {companies.map(c => (
          <Menu.Item key={c.slug} aria-current={c.slug === company} rightSection={c.slug === company ? <IconCheck size={16} /> : null} onClick={() => void go({ to: `/${c.slug}` })}>{c.name}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
