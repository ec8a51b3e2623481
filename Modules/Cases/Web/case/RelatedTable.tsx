import { Button, Group, Skeleton, Table, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '@web/api/client';
import { useCursorPages } from '@web/list/useCursorPages';
import { ProblemPanel } from '@web/parts/ProblemText';

const rowsAtOnce = 50;

interface Props<T extends { number: number }> {
  name: string;
  label: string;
  query: ListQuery;
  read: (query: ListQuery, signal: AbortSignal) => Promise<{ items: T[]; next: string | null }>;
  isShown?: (row: T) => boolean;
  heads: string[];
  cells: (row: T) => ReactNode[];
  /** What the last column says: whether anything on the row can change (R104). */
  lock: (row: T) => string | null;
  openWords: string;
}

/** What else the customer has: a table with a column for closed or locked. */
export function RelatedTable<T extends { number: number }>({ name, label, query, read, isShown = () => true, heads, cells, lock, openWords }: Props<T>) {
  const { t } = useTranslation('cases');
  const { rows, isPending, error, retry, hasMore, isWaiting, onMore } = useCursorPages<T>(name, query, rowsAtOnce, read);
  if (error && rows.length === 0) return <ProblemPanel error={error} retry={retry} />;
  if (isPending) return <Skeleton height={120} />;
  return (
    <>
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label={label} highlightOnHover>
          <Table.Thead><Table.Tr>{[...heads, t('related.lock')].map(head => <Table.Th key={head}>{head}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {rows.filter(isShown).map(row => {
              const locked = lock(row);
              return (
                <Table.Tr key={row.number}>
                  {cells(row).map((cell, i) => <Table.Td key={heads[i]}>{cell}</Table.Td>)}
                  <Table.Td>{locked ? <Group gap={4} wrap="nowrap"><IconLock size={14} aria-hidden /><Text span size="sm">{locked}</Text></Group> : <Text span size="sm" c="dimmed">{openWords}</Text>}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {hasMore && <Button mt="xs" size="compact-sm" variant="default" loading={isWaiting} onClick={onMore}>{t('related.more')}</Button>}
    </>
  );
}
