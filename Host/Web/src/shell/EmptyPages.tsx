import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '@web/session/session';
import { useSignOut } from '@web/session/useSignOut';

const NewPasswordPage = lazy(() => import('@web/session/NewPasswordPage'));

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Center p="xl" component="main">
      <Stack align="center">
        <Title order={1} size="h3">{t('empty.notFound')}</Title>
        <Text c="dimmed">{t('empty.notFoundWhy')}</Text>
        <Button component={Link} to="/" variant="default">{t('empty.start')}</Button>
      </Stack>
    </Center>
  );
}

export function NoCompanyPage() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const signOut = useSignOut();
  if (session?.mustChangePassword) return <Suspense><NewPasswordPage /></Suspense>;
  return (
    <Center p="xl" component="main">
      <Stack align="center">
        <Title order={1} size="h3">{t('empty.noCompany')}</Title>
        <Text c="dimmed">{t('empty.noCompanyWhy')}</Text>
        <Button variant="default" onClick={signOut}>{t('shell.signOut')}</Button>
      </Stack>
    </Center>
  );
}
