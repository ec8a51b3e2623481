import { Anchor, Badge, Button, Container, Group, Paper, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { Confirm } from '@web/edit/Confirm';
import { EditForm } from '@web/edit/EditForm';
import { useForm } from '@web/edit/useForm';
import { moment } from '@web/parts/formats';
import { ProblemNote, ProblemPanel } from '@web/parts/ProblemText';
import { SettingsHead } from '@web/settings/SettingsHead';
import { companiesQuery, type CompanyRow } from './companies';

/** /operator/companies/{slug} */
export default function CompanyPage() {
  const { t } = useTranslation('companies');
  const { slug = '' } = useParams({ strict: false }) as { slug?: string };
  const { data: company, error, refetch } = useQuery({ queryKey: ['operator', 'companies', slug], queryFn: ({ signal }) => answer(api.GET('/api/v1/operator/companies/{slug}', { params: { path: { slug } }, signal })) });
  return (
    <Container size="sm" py="md">
      <Anchor component={Link} to="/operator/companies" size="sm" mb="sm" display="inline-flex" style={{ alignItems: 'center' }}><IconChevronLeft size={16} aria-hidden />{t('operator.title')}</Anchor>
      {error && <ProblemPanel error={error} retry={() => void refetch()} />}
      {!company && !error && <Skeleton height={200} />}
      {company && <Opened key={company.version} company={company} />}
    </Container>
  );
}

function Opened({ company }: { company: CompanyRow }) {
  const { t } = useTranslation('companies');
  const queries = useQueryClient();
  const [asked, ask] = useState(false);
  const [round, setRound] = useState(0);
  const change = useMutation({
    mutationFn: (body: Schemas['ChangeCompany']) => answer(api.PATCH('/api/v1/operator/companies/{slug}', { params: { path: { slug: company.slug }, header: { 'If-Match': `"${company.version}"` } }, body })),
    onSuccess: () => queries.invalidateQueries(companiesQuery),
  });
  return (
    <Stack>
      <SettingsHead title={company.name}><Badge variant="light" radius="sm" tt="none" size="lg" color={company.active ? 'green' : 'gray'}>{t(company.active ? 'operator.active' : 'operator.inactive')}</Badge></SettingsHead>
      <Text size="sm" c="dimmed">{t('operator.slug')}: <code>{company.slug}</code> · {t('operator.madeOn', { when: moment(company.createdAt) })}</Text>
      <Paper withBorder p="md" radius="md"><NameForm key={round} company={company} error={change.error} isSaving={change.isPending} onSave={change.mutateAsync} onCancel={() => { change.reset(); setRound(round + 1); }} /></Paper>
      <Paper withBorder p="md" radius="md">
        <Group justify="space-between">
          <Text size="sm" maw={420}>{t(company.active ? 'operator.deactivateWhy' : 'operator.activateWhy')}</Text>
          {company.active ? <Button variant="default" onClick={() => { change.reset(); ask(true); }}>{t('operator.deactivate')}</Button> : <Button loading={change.isPending} onClick={() => change.mutate({ active: true })}>{t('operator.activate')}</Button>}
        </Group>
      </Paper>
      {asked && <Confirm title={t('operator.deactivateSure', { name: company.name })} yes={t('operator.deactivate')} isDanger isWaiting={change.isPending} onYes={() => change.mutate({ active: false })} onNo={() => ask(false)}><Text size="sm">{t('operator.deactivateWhy')}</Text><ProblemNote error={change.error} /></Confirm>}
    </Stack>
  );
}

function NameForm({ company, error, isSaving, onSave, onCancel }: { company: CompanyRow; error: Error | null; isSaving: boolean; onSave: (body: Schemas['ChangeCompany']) => Promise<unknown>; onCancel: () => void }) {
  const { t } = useTranslation('companies');
  const form = useForm({ name: company.name }, error, () => '');
  return (
    <EditForm form={form} label={t('profile.name')} error={error} isSaving={isSaving} onCancel={onCancel} onSave={() => onSave({ name: form.text('/name') }).then(() => true, () => false)}>
      <TextInput label={t('profile.name')} description={t('operator.nameWhy')} required value={form.text('/name')} error={form.error('/name')} onChange={e => form.set('/name', e.currentTarget.value)} />
    </EditForm>
  );
}
