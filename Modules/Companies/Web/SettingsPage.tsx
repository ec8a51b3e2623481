import { Alert, Anchor, NavLink, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconLock } from '@tabler/icons-react';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { modules } from '@web/modules';
import { useCompany, useRole } from '@web/session/session';
import { NotFoundPage } from '@web/shell/EmptyPages';
import classes from './SettingsPage.module.css';

const sections = modules.flatMap(m => m.settings ?? []).sort((a, b) => a.order - b.order).map(section => ({ ...section, Section: lazy(section.load) }));
const groups = [...Map.groupBy(sections, section => section.under)];

/** /{company}/settings and /{company}/settings/{section}: each module keeps its own sections; this is what is around them. */
export default function SettingsPage() {
  const { t } = useTranslation('companies');
  const company = useCompany();
  const role = useRole();
  const asked = (useParams({ strict: false }) as { section?: string }).section;
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const open = sections.find(section => section.path === asked);

  if (role !== 'admin') return <Alert m="md" icon={<IconLock />} title={t('settings.adminsOnly')}>{t('settings.adminsOnlyWhy')}</Alert>;
  if (!asked && wide) return <Navigate to={`/${company}/settings/${sections[0]!.path}`} replace />;
  if (asked && !open) return <NotFoundPage />;

  return (
    <div className={classes.page}>
      {(wide || !open) && (
        <nav className={classes.sections} aria-label={t('settings.title')}>
          <Title order={open ? 2 : 1} size="h4" mb="xs">{t('settings.title')}</Title>
          {groups.map(([head, all]) => (
            <Stack key={head} gap={0} mb="sm" role="group" aria-label={t(head)}>
              <Text size="xs" c="dimmed" fw={600} px="xs" py={4} aria-hidden>{t(head)}</Text>
              {all.map(section => (
                <NavLink key={section.path} component={Link} to={`/${company}/settings/${section.path}`} label={t(section.title)} active={section === open} aria-current={section === open ? 'page' : undefined} className={classes.entry} />
              ))}
            </Stack>
          ))}
        </nav>
      )}
      {open && (
        <div className={classes.section}>
          {!wide && <Anchor component={Link} to={`/${company}/settings`} size="sm" mb="sm" display="inline-flex" style={{ alignItems: 'center' }}><IconChevronLeft size={16} aria-hidden />{t('settings.title')}</Anchor>}
          <Suspense key={open.path} fallback={<Stack><Skeleton height={28} width="40%" /><Skeleton height={240} /></Stack>}><open.Section /></Suspense>
        </div>
      )}
    </div>
  );
}
