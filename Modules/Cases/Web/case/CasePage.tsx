import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconRestore, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@web/api/client';
import { Problem } from '@web/api/problem';
import { useSave } from '@web/edit/useSave';
import { useUndoKey } from '@web/operations/undo';
import { ProblemPanel, problemText } from '@web/parts/ProblemText';
import { useCompany, useMayWrite } from '@web/session/session';
import { type Case, caseQuery } from '../cases';
import { useCaseThing } from '../editing';
import { CaseContext } from './context';
import { Figures } from './Figures';
import { Head } from './Head';
import { CaseTabs } from './CaseTabs';

/** /{company}/cases/{number} */
export default function CasePage() {
  const company = useCompany();
  const number = Number((useParams({ strict: false }) as { number?: string }).number);
  const { data: c, error, refetch } = useQuery(caseQuery(company, number));
  if (error instanceof Problem && error.code === 'case.deleted') return <Deleted key={number} number={number} />;
  if (error && !c) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!c) return <Stack p="md" gap="md"><Skeleton height={64} width="60%" /><Skeleton height={40} /><Skeleton height={110} /><Skeleton height={240} /></Stack>;
  return <Opened key={c.number} c={c} />;
}

function Opened({ c }: { c: Case }) {
  const { t } = useTranslation('cases');
  const mayWrite = useMayWrite();
  const saving = useSave(useCaseThing()(c));
  const isLocked = !mayWrite || c.closed || c.convertedAt !== null;
  const editing = useMemo(() => ({ c, saving, isLocked }), [c, saving, isLocked]);
  const isAtField = saving.error instanceof Problem && Object.keys(saving.error.errors).length > 0;
  useUndoKey();
  return (
    <CaseContext value={editing}>
      <Stack p="md" gap="md" maw={1400}>
        <Head />
        {saving.error !== null && !isAtField && <Alert color="red" role="alert" withCloseButton closeButtonLabel={t('web:close')} onClose={saving.forget}>{problemText(saving.error, t)}</Alert>}
        <Figures />
        <CaseTabs />
      </Stack>
      {saving.dialog}
    </CaseContext>
  );
}

/** A deleted case can be taken back (R93). */
function Deleted({ number }: { number: number }) {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const restore = useMutation({
    mutationFn: () => api.POST('/api/v1/{company}/cases/{number}/restore', { params: { path: { company, number } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [company] }),
  });
  return (
    <Alert m="md" color="yellow" icon={<IconTrash />} title={<Text component="h1" inherit>{t('delete.gone', { number })}</Text>}>
      <Stack gap="sm" align="start">
        <Text size="sm">{t('delete.goneWhy')}</Text>
        {restore.error && <Text size="sm" role="alert">{problemText(restore.error, t)}</Text>}
        {mayWrite && <Button size="compact-sm" leftSection={<IconRestore size={16} />} loading={restore.isPending} onClick={() => restore.mutate()}>{t('bulk.restore')}</Button>}
      </Stack>
    </Alert>
  );
}
