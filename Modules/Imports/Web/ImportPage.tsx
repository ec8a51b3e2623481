import { Alert, Anchor, Button, FileButton, Group, Loader, Paper, Select, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertCircle, IconFileImport, IconUpload } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { useOperations } from '@web/operations/follow';
import { whole } from '@web/parts/formats';
import { problemText } from '@web/parts/ProblemText';
import { useCompany, useIsAdmin } from '@web/session/session';
import { headings, type Mapping, type Preview, preview, start } from './imports';

/** /{company}/import: choose a file, see what would become of it, run. */
export default function ImportPage() {
  const { t } = useTranslation('imports');
  const company = useCompany();
  const isAdmin = useIsAdmin();
  const operations = useOperations();
  const [file, setFile] = useState<File | null>(null);
  const [mapping, setMapping] = useState<Mapping | null>(null);
  // One key for one wish: a second click or a repeated request starts nothing twice.
  const key = useMemo(() => [...crypto.getRandomValues(new Uint32Array(4))].join('-'), [file, mapping]);
  const seen = useQuery({
    queryKey: [company, 'imports', 'preview', file?.name, file?.size, file?.lastModified, mapping], enabled: file !== null, gcTime: 0, retry: false, placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => { const made = await preview(company, file!, mapping, signal); return { made, heads: await headings(file!, made.format) }; },
  });
  const run = useMutation({ mutationFn: () => start(company, file!, mapping, key), onSuccess: operations.follow });
  const choose = (chosen: File | null) => { setFile(chosen); setMapping(null); run.reset(); };
  const error = run.error ?? seen.error;

  if (!isAdmin) return <Alert m="md" color="yellow" icon={<IconAlertCircle />}>{t('adminOnly')}</Alert>;
  return (
    <Stack p="md" maw={960}>
      <Title order={1} size="h3">{t('title')}</Title>
      <Text size="sm" c="dimmed">{t('about')}</Text>
      <Group>
        <FileButton accept=".csv,.txt,.tsv,text/csv" onChange={choose}>{props => <Button {...props} variant={file ? 'default' : 'filled'} leftSection={<IconUpload size={16} />}>{t(file ? 'other' : 'choose')}</Button>}</FileButton>
        {file && <Text size="sm">{file.name}</Text>}
        {seen.isFetching && <Loader size="xs" aria-label={t('reading')} />}
      </Group>
      {error && <Alert color="red" icon={<IconAlertCircle />} role="alert">{problemText(error, t)}</Alert>}
      {run.data
        ? (
          <Alert color="green" icon={<IconFileImport />} title={t('started')}>
            <Group><Anchor component={Link} to={`/${company}/operations`}>{t('follow')}</Anchor><Button size="compact-sm" variant="default" onClick={() => choose(null)}>{t('another')}</Button></Group>
          </Alert>
        )
        : file && seen.data && !seen.error && (
          <>
            <Columns made={seen.data.made} heads={seen.data.heads} onChange={setMapping} />
            <Found made={seen.data.made} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => choose(null)}>{t('web:cancel')}</Button>
              <Button loading={run.isPending} disabled={seen.isFetching || seen.data.made.created + seen.data.made.updated === 0} onClick={() => run.mutate()}>{t('run', { count: seen.data.made.created + seen.data.made.updated, many: whole(seen.data.made.created + seen.data.made.updated) })}</Button>
            </Group>
          </>
        )}
    </Stack>
  );
}

/** Which column of the file fills which field. */
function Columns({ made, heads, onChange }: { made: Preview; heads: string[]; onChange: (mapping: Mapping) => void }) {
  const { t } = useTranslation('imports');
  const company = useCompany();
  const fields = useQuery({ queryKey: [company, 'imports', 'fields'], staleTime: Infinity, queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/imports/fields', { params: { path: { company } }, signal }))).items });
  const fieldOf = (at: number) => Object.entries(made.columns).find(([, column]) => column === at)?.[0] ?? null;
  const now: Mapping = Object.fromEntries(heads.map((head, at) => [head, fieldOf(at)]));
  const data = (fields.data ?? []).map(f => ({ value: f.name, label: t(`field.${f.name}`, { defaultValue: f.label }) }));
  const take = (head: string, field: string | null) => onChange({ ...Object.fromEntries(Object.entries(now).map(([other, filled]) => [other, filled === field ? null : filled])), [head]: field });
  return (
    <Paper withBorder p="md" radius="md">
      <Title order={2} size="h6" mb="xs">{t('columns')}</Title>
      <Table.ScrollContainer minWidth={480}>
        <Table verticalSpacing={4} fz="sm">
          <Table.Thead><Table.Tr><Table.Th>{t('inFile')}</Table.Th><Table.Th>{t('example')}</Table.Th><Table.Th w="45%">{t('fills')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {heads.map((head, at) => (
              <Table.Tr key={`${head} ${at}`}>
                <Table.Td>{head}</Table.Td>
                <Table.Td><Text size="sm" c="dimmed" lineClamp={1}>{made.sample.map(row => row[fieldOf(at) ?? '']).find(Boolean) ?? ''}</Text></Table.Td>
                <Table.Td><Select size="xs" searchable clearable aria-label={t('fillsOf', { name: head })} clearButtonProps={{ 'aria-label': t('leaveOut', { name: head }) }} placeholder={t('nothing')} data={data} value={fieldOf(at)} onChange={field => take(head, field)} /></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

/** What would become of the rows. */
function Found({ made }: { made: Preview }) {
  const { t } = useTranslation('imports');
  const figures = (['rows', 'created', 'updated', 'unchanged', 'refused'] as const).map(name => ({ name, figure: made[name] }));
  return (
    <Paper withBorder p="md" radius="md" role="status" aria-live="polite">
      <Title order={2} size="h6" mb="xs">{t('found')}</Title>
      <Group gap="xl">{figures.map(({ name, figure }) => <div key={name}><Text size="xs" c="dimmed">{t(`count.${name}`)}</Text><Text size="lg" fw={600} c={name === 'refused' && figure > 0 ? 'var(--mantine-color-error)' : undefined}>{whole(figure)}</Text></div>)}</Group>
      {made.problems.length > 0 && (
        <Table mt="sm" fz="sm" verticalSpacing={2}>
          <Table.Thead><Table.Tr><Table.Th w="5rem">{t('line')}</Table.Th><Table.Th w="12rem">{t('column')}</Table.Th><Table.Th>{t('why')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{made.problems.slice(0, 20).map((p, i) => <Table.Tr key={i}><Table.Td>{p.row}</Table.Td><Table.Td>{p.column}</Table.Td><Table.Td>{t(`partners:refused.${p.code}`, { defaultValue: p.message })}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      )}
    </Paper>
  );
}
