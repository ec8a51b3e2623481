import { Alert, Button, Group, Loader, Stack, Table, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useIdempotencyKeys } from '@web/edit/idempotency';
import { Dialog } from '@web/parts/Dialog';
import { whole } from '@web/parts/formats';
import { problemText } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { type BulkRequest, useOperations } from './follow';

interface Props {
  title: string;
  /** What is to be done; null = not all is chosen yet. */
  request: BulkRequest | null;
  /** The words for a value of now; null = none. */
  valueText: (value: string | null) => string;
  onClose: () => void;
  onStarted: () => void;
  /** Where what is set is chosen. */
  children: ReactNode;
}

/** Choose, see what would happen, run (R39). */
export default function BulkDialog({ title, request, valueText, onClose, onStarted, children }: Props) {
  const { t } = useTranslation();
  const company = useCompany();
  const operations = useOperations();
  const keyOf = useIdempotencyKeys();
  const preview = useQuery({ queryKey: [company, 'operations', 'preview', request], queryFn: ({ signal }) => operations.preview(request!, signal), enabled: request !== null, staleTime: 0, gcTime: 0 });
  const run = useMutation({
    mutationFn: (wanted: BulkRequest) => operations.start(wanted, keyOf(wanted)),
    onSuccess: operation => { operations.follow(operation); onStarted(); },
  });
  const would = preview.data?.preview;
  const error = run.error ?? preview.error;

  return (
    <Dialog onClose={onClose} title={title} size="md">
      <form onSubmit={event => { event.preventDefault(); if (request) run.mutate(request); }}>
        <Stack>
          {children}
          <div role="status" aria-live="polite">
            {preview.isFetching && <Group gap="xs"><Loader size="xs" /><Text size="sm" c="dimmed">{t('web:operation.counting')}</Text></Group>}
            {error && <Alert color="red" icon={<IconAlertCircle />} role="alert">{problemText(error, t)}</Alert>}
            {would && !preview.isFetching && (
              <>
                <Text size="sm"><b>{t('web:operation.would', { changed: whole(would.changed), total: whole(would.total) })}</b>{would.unchanged > 0 && ` ${t('web:operation.already', { count: would.unchanged, many: whole(would.unchanged) })}`}</Text>
                <Table mt="xs" verticalSpacing={2} withRowBorders={false}>
                  <Table.Thead><Table.Tr><Table.Th>{t('web:operation.now')}</Table.Th><Table.Th ta="end">{t('web:operation.number')}</Table.Th></Table.Tr></Table.Thead>
                  <Table.Tbody>
                    {would.byCurrent.map(({ value, count }) => <Table.Tr key={value ?? ''}><Table.Td>{valueText(value)}</Table.Td><Table.Td ta="end">{whole(count)}</Table.Td></Table.Tr>)}
                  </Table.Tbody>
                </Table>
                {would.skipped > 0 && (
                  <Alert color="yellow" mt="xs" icon={<IconAlertCircle />} title={t('web:operation.wouldSkip', { many: whole(would.skipped) })}>
                    {preview.data?.skipped.slice(0, 3).map(row => <Text key={row.number} size="sm">{row.number}: {row.detail}</Text>)}
                  </Alert>
                )}
              </>
            )}
          </div>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('web:cancel')}</Button>
            <Button type="submit" disabled={!would || would.changed === 0 || preview.isFetching} loading={run.isPending}>{t('web:operation.run')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
