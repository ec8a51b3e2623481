import { Alert, AppShell, Box } from '@mantine/core';
import { useDisclosure, useNetwork } from '@mantine/hooks';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { Fragment, lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '@web/live';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useSession } from '@web/session/session';
import { NotFoundPage } from './EmptyPages';
import { Header } from './Header';
import { SideNavigation } from './SideNavigation';
import { useMenuKeys } from './useMenuKeys';

const NewPasswordPage = lazy(() => import('@web/session/NewPasswordPage'));
const loadPalette = () => import('./Palette');
const Palette = lazy(loadPalette);
const KeyboardHelp = lazy(() => import('./KeyboardHelp'));

/** What is around every page of a company. */
export function Shell() {
  const { t } = useTranslation();
  const company = useCompany();
  const session = useSession();
  const { online } = useNetwork();
  const [nav, { toggle, close }] = useDisclosure(false);
  const [over, setOver] = useState<'palette' | 'help' | null>(null);
  const done = () => setOver(null);

  const isMember = session.companies.some(c => c.slug === company);
  useEffect(() => { if (isMember) localStorage.setItem('crm-company', company); }, [company, isMember]);
  const find = { text: t('help.palette'), run: () => setOver('palette') };
  useKeys({ 'mod+k': find, '/': find, '?': { text: t('help.help'), run: () => setOver('help') } }, 'shell');
  useMenuKeys();
  useLive();
  // There before somebody types right after Ctrl+K.
  useEffect(() => { const idle = window.setTimeout(() => void loadPalette(), 1_000); return () => window.clearTimeout(idle); }, []);

  if (session.mustChangePassword) return <Suspense><NewPasswordPage /></Suspense>;
  if (!isMember) return <NotFoundPage />;
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 216, breakpoint: 'md', collapsed: { mobile: !nav } }} padding={0}>
      <a className="skip" href="#main">{t('shell.skip')}</a>
      <AppShell.Header><Header navOpen={nav} onNav={toggle} onSearch={() => setOver('palette')} onHelp={() => setOver('help')} /></AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('shell.side')}><SideNavigation onChosen={close} /></AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Box role="status" aria-live="polite">
          {!online && <Alert color="yellow" radius={0} icon={<IconPlugConnectedX />} title={t('shell.offline')} />}
        </Box>
        {/* Another company's pages are others, so that nothing of the one is shown while the other's is on its way. */}
        <Fragment key={company}><Outlet /></Fragment>
      </AppShell.Main>
      <Suspense>
        {over === 'palette' && <Palette onClose={done} />}
        {over === 'help' && <KeyboardHelp onClose={done} />}
      </Suspense>
    </AppShell>
  );
}
