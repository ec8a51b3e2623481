import { ActionIcon, Button, Skeleton, Stack, Switch, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@web/api/client';
import { ProblemNote, ProblemPanel } from '@web/parts/ProblemText';
import { type Department, useDepartments } from '@web/parts/company';
import { useCompany } from '@web/session/session';
import { SettingsHead } from '@web/settings/SettingsHead';

const DepartmentDialog = lazy(() => import('./DepartmentDialog'));

/** The company's parts. One that is closed stays on what refers to it. */
export default function DepartmentsSection() {
  const { t } = useTranslation('companies');
  const company = useCompany();
  const queries = useQueryClient();
  const { data: departments, error, refetch } = useDepartments();
  const [open, setOpen] = useState<{ department?: Department } | null>(null);
  const offer = useMutation({
    mutationFn: ({ id, disabled }: Pick<Department, 'id' | 'disabled'>) => api.PATCH('/api/v1/{company}/departments/{id}', { params: { path: { company, id } }, body: { disabled: disabled ?? false } }),
    onSettled: () => queries.invalidateQueries({ queryKey: [company, 'departments'] }),
  });
  if (error && !departments) return <ProblemPanel error={error} retry={() => void refetch()} />;
  return (
    <Stack>
      <SettingsHead title={t('departments.title')} about={t('departments.about')}><Button leftSection={<IconPlus size={16} />} onClick={() => setOpen({})}>{t('departments.add')}</Button></SettingsHead>
      <ProblemNote error={offer.error} />
      {!departments && <Skeleton height={160} />}
      {departments?.length === 0 && <Text c="dimmed">{t('departments.none')}</Text>}
      {departments && departments.length > 0 && (
        <Table verticalSpacing={6} aria-label={t('departments.title')}>
          <Table.Thead><Table.Tr><Table.Th>{t('users.name')}</Table.Th><Table.Th w={130}>{t('departments.offered')}</Table.Th><Table.Th w={60}><VisuallyHidden>{t('users.actions')}</VisuallyHidden></Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {departments.map(department => (
              <Table.Tr key={department.id}>
                <Table.Td><Text size="sm" fw={500} c={department.disabled ? 'dimmed' : undefined}>{department.name}</Text></Table.Td>
                <Table.Td><Switch size="sm" checked={!department.disabled} aria-label={t('departments.offer', { name: department.name })} label={t(department.disabled ? 'web:settings.no' : 'web:settings.yes')} onChange={e => offer.mutate({ id: department.id, disabled: !e.currentTarget.checked })} /></Table.Td>
                <Table.Td ta="end"><ActionIcon variant="subtle" color="gray" aria-label={t('departments.edit', { name: department.name })} onClick={() => setOpen({ department })}><IconPencil size={16} /></ActionIcon></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Suspense>{open && <DepartmentDialog {...open} onClose={() => setOpen(null)} />}</Suspense>
    </Stack>
  );
}
