import { AppShell, Group } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { modules } from '@web/modules';
import { useSession } from '@web/session/session';
import { NotFoundPage } from './EmptyPages';
import classes from './Header.module.css';
import { LanguageSwitch } from './LanguageSwitch';
import { Mark } from './Mark';
import { SchemeSwitch } from './SchemeSwitch';
import { UserMenu } from './UserMenu';

const menu = modules.flatMap(m => m.operatorPages ?? []).filter(page => page.menu !== undefined);

const NewPasswordPage = lazy(() => import('@web/session/NewPasswordPage'));

/** What is around the pages outside the companies. To all others than operators they do not exist. */
export function OperatorShell() {
  const { t } = useTranslation();
  const { isOperator, mustChangePassword } = useSession();
  if (mustChangePassword) return <Suspense><NewPasswordPage /></Suspense>;
  if (!isOperator) return <NotFoundPage />;
  return (
    <AppShell header={{ height: 56 }} padding={0}>
      <a className="skip" href="#main">{t('shell.skip')}</a>
      <AppShell.Header>
        <Group h="100%" px="sm" justify="space-between" wrap="nowrap">
          <Group gap="md" wrap="nowrap" miw={0}>
            <Link to="/" className={classes.home} title={t('shell.home')}><Mark /></Link>
            <nav aria-label={t('shell.top')} className={classes.operator}>{menu.map(page => <Link key={page.path} to={`/operator/${page.path}`}>{t(page.menu!)}</Link>)}</nav>
          </Group>
          <Group gap={4} wrap="nowrap" flex="none"><Group gap={0} wrap="nowrap" visibleFrom="sm"><LanguageSwitch /><SchemeSwitch /></Group><UserMenu /></Group>
        </Group>
      </AppShell.Header>
      <AppShell.Main id="main" tabIndex={-1}><Outlet /></AppShell.Main>
    </AppShell>
  );
}
