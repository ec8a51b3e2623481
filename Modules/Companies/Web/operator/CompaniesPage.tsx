import { Anchor, Badge, Button, Container, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { day } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { SettingsHead } from '@web/settings/SettingsHead';
import { companiesQuery } from './companies';

const NewCompany = lazy(() => import('./NewCompany'));

/** /operator/companies: all companies of the server, for who runs it. */
export default function CompaniesPage() {
  const { t } = useTranslation('companies');
  const { data: companies, error, refetch } = useQuery(companiesQuery);
  const [making, setMaking] = useState(false);
  return (
    <Container size="md" py="md">
      <Stack>
        <SettingsHead title={t('operator.title')} about={t('operator.about')}><Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{t('operator.make')}</Button></SettingsHead>
        {error && <ProblemPanel error={error} retry={() => void refetch()} />}
        {!companies && !error && <Skeleton height={200} />}
        {companies?.length === 0 && <Text c="dimmed">{t('operator.none')}</Text>}
        {companies && companies.length > 0 && (
          <Table.ScrollContainer minWidth={480}>
            <Table verticalSpacing="xs" aria-label={t('operator.title')}>
              <Table.Thead><Table.Tr><Table.Th>{t('users.name')}</Table.Th><Table.Th>{t('operator.slug')}</Table.Th><Table.Th>{t('operator.madeAt')}</Table.Th><Table.Th>{t('users.state')}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {companies.map(company => (
                  <Table.Tr key={company.slug}>
                    <Table.Td><Anchor component={Link} to={`/operator/companies/${company.slug}`} size="sm" fw={500}>{company.name}</Anchor></Table.Td>
                    <Table.Td><Text size="sm" ff="monospace">{company.slug}</Text></Table.Td>
                    <Table.Td>{day(company.createdAt)}</Table.Td>
                    <Table.Td><Badge variant="light" radius="sm" tt="none" color={company.active ? 'green' : 'gray'}>{t(company.active ? 'operator.active' : 'operator.inactive')}</Badge></Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Stack>
      <Suspense>{making && <NewCompany onClose={() => setMaking(false)} />}</Suspense>
    </Container>
  );
}
