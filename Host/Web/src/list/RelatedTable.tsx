import { Button, Group, Skeleton, Table, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '@web/api/client';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCursorPages } from './useCursorPages';

const rowsAtOnce = 50;

interface Props<T extends { number: number }> {
  /** The name of its queries, such as cases. */
  name: string;
  label: string;
  query: ListQuery;
  read: (query: ListQuery, signal: AbortSignal) => Promise<{ items: T[]; next: string | null }>;
  isShown?: (row: T) => boolean;
  columns: { head: string; cell: (row: T) => ReactNode; end?: boolean }[];
  /** In place of rows, when there are none. */
  none?: string;
}

/** What else belongs to something: a plain table, read on as somebody asks for more. */
export function RelatedTable<T extends { number: number }>({ name, label, query, read, isShown = () => true, columns, none }: Props<T>) {
  const { t } = useTranslation();
  const { rows, isPending, error, retry, hasMore, isWaiting, onMore } = useCursorPages<T>(name, query, rowsAtOnce, read);
  const shown = rows.filter(isShown);
  if (isPending) return <Skeleton height={120} />;
  return (
    <>
      {error && <ProblemPanel error={error} retry={retry} />}
      {shown.length === 0 && !error && !hasMore && <Text size="sm" c="dimmed">{none}</Text>}
      {shown.length > 0 && (
        <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table verticalSpacing={5} highlightOnHover aria-label={label}>
            <Table.Thead><Table.Tr>{columns.map(c => <Table.Th key={c.head} ta={c.end ? 'end' : undefined}>{c.head}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>{shown.map(row => <Table.Tr key={row.number}>{columns.map(c => <Table.Td key={c.head} ta={c.end ? 'end' : undefined}>{c.cell(row)}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {hasMore && <Button mt="xs" size="compact-sm" variant="default" loading={isWaiting} onClick={onMore}>{t('web:related.more')}</Button>}
    </>
  );
}

/** Whether anything on a row can still change (R104): why not, in words; null = it can. */
export function Lock({ why }: { why: string | null }) {
  const { t } = useTranslation();
  return why === null ? <Text span size="sm" c="dimmed">{t('web:related.open')}</Text> : <Group gap={4} wrap="nowrap"><IconLock size={14} aria-hidden /><Text span size="sm">{why}</Text></Group>;
}
