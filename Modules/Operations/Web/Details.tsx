import { Alert, Anchor, Badge, Button, Group, Skeleton, Stack, Table, Tabs, Text } from '@mantine/core';
import { IconAlertCircle, IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { SideDialog } from '@web/parts/Dialog';
import { useChoices, useUsers } from '@web/parts/choices';
import { moment, whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { Buttons } from './Buttons';
import { colourOf, useOperationWords } from './operations';

interface Page<T> { items: T[]; next: string | null }

/** Beside the list: what an operation did to which rows, and what it left alone, with the reasons. */
export default function Details({ number, onClose }: { number: number; onClose: () => void }) {
  const { t } = useTranslation('operations');
  const company = useCompany();
  const words = useOperationWords();
  const path = { company, number };
  const { data: o, error, refetch } = useQuery({ queryKey: [company, 'operations', number], queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/operations/{number}', { params: { path }, signal })) });
  return (
    <SideDialog onClose={onClose} position="right" size="lg" title={<Text fw={600}>{o ? `${words.action(o)} · ${number}` : number}</Text>}>
      {error && <ProblemPanel error={error} retry={() => void refetch()} />}
      {!o && !error && <Skeleton height={120} />}
      {o && (
        <Stack>
          <Group justify="space-between">
            <Group gap="xs"><Badge variant="light" radius="sm" tt="none" color={colourOf(o)}>{t(`state.${o.state}`)}</Badge><Text size="sm" c="dimmed">{words.by(o)} · {moment(o.createdAt)}</Text></Group>
            <Buttons operation={o} />
          </Group>
          {o.error && <Alert color="red" icon={<IconAlertCircle />}>{o.error}</Alert>}
          {o.target && <Text size="sm">{o.target.filter ? t('ofFilter', { many: whole(o.target.count), filter: o.target.filter.replaceAll('&', ' · ') }) : t('ofRows', { count: o.target.count, many: whole(o.target.count) })}</Text>}
          {o.action === 'import' && <Anchor href={`/api/v1/${company}/imports/${number}/result`} download size="sm"><Group gap={4} component="span"><IconDownload size={15} aria-hidden />{t('result')}</Group></Anchor>}
          <Tabs defaultValue="changed" keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="changed">{t('column.changed')} ({whole(o.changed)})</Tabs.Tab>
              <Tabs.Tab value="skipped">{t('column.skipped')} ({whole(o.skippedCount)})</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="changed" pt="xs">
              <Rows name="changes" number={number} version={o.version} heads={[t('row'), t('fields')]}
                read={(cursor, signal) => answer(api.GET('/api/v1/{company}/operations/{number}/changes', { params: { path, query: { limit: 50, ...(cursor ? { cursor } : {}) } }, signal }))}
                cells={(row: Schemas['ChangedRow']) => [<RowLink key="row" kind={row.kind} number={row.number} />, <Change key="change" kind={row.kind} before={row.before} after={row.after} />]} />
            </Tabs.Panel>
            <Tabs.Panel value="skipped" pt="xs">
              <Rows name="skipped" number={number} version={o.version} heads={[t(o.action === 'import' ? 'line' : 'row'), t('why')]}
                read={(cursor, signal) => answer(api.GET('/api/v1/{company}/operations/{number}/skipped', { params: { path, query: { limit: 50, ...(cursor ? { cursor } : {}) } }, signal }))}
                cells={(row: Schemas['Skipped']) => [o.action === 'import' ? row.number : <RowLink key="row" kind={o.action.split('.')[0]!} number={row.number} />, row.detail]} />
            </Tabs.Panel>
          </Tabs>
        </Stack>
      )}
    </SideDialog>
  );
}

function RowLink({ kind, number }: { kind: string; number: number }) {
  const company = useCompany();
  const folder: Record<string, string> = { partner: 'partners', case: 'cases', order: 'orders' };
  return folder[kind] ? <Anchor component={Link} to={`/${company}/${folder[kind]}/${number}`} size="sm">{number}</Anchor> : <>{number}</>;
}

/** Values before and after, in the words of the company's own lists; of what is made of many parts, the parts. */
function Change({ kind, before, after }: { kind: string; before: unknown; after: unknown }) {
  const { t } = useTranslation('operations');
  const lists: Record<string, (key: string) => string> = {
    stage: useChoices('stages').name, tags: useChoices('tags').name, industry: useChoices('industries').name, relations: useChoices('relations').name, status: useChoices('case-statuses').name,
  };
  const users = useUsers();
  const text = (field: string, value: unknown): string => {
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return t('empty');
    if (Array.isArray(value)) return value.map(one => text(field, one)).join(', ');
    if (typeof value === 'object') return Object.values(value).map(one => text(field, one)).join(' ');
    return field === 'owner' ? users.find(u => u.id === value)?.name ?? String(value) : lists[field]?.(String(value)) ?? String(value);
  };
  const label = (field: string) => t(`${kind}s:column.${field}`, { defaultValue: t(`${kind}s:field.${field}`, { defaultValue: field }) });
  const [old, now] = [(before ?? {}) as Record<string, unknown>, (after ?? {}) as Record<string, unknown>];
  return <>{Object.keys(now).slice(0, 4).map(field => <Text key={field} size="sm" lineClamp={1}><Text span size="sm" c="dimmed">{label(field)}:</Text> {text(field, old[field])} → {text(field, now[field])}</Text>)}</>;
}

function Rows<T>({ name, number, version, heads, read, cells }: { name: string; number: number; version: number; heads: string[]; read: (cursor: string | null, signal: AbortSignal) => Promise<Page<T>>; cells: (row: T) => ReactNode[] }) {
  const { t } = useTranslation('operations');
  const company = useCompany();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [company, 'operations', number, name, version], queryFn: ({ pageParam, signal }) => read(pageParam, signal), initialPageParam: null as string | null, getNextPageParam: last => last.next,
  });
  const rows = data?.pages.flatMap(page => page.items);
  if (error && !rows) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!rows) return <Skeleton height={80} />;
  if (rows.length === 0) return <Text size="sm" c="dimmed">{t('noRows')}</Text>;
  return (
    <>
      <Table fz="sm" verticalSpacing={4}>
        <Table.Thead><Table.Tr>{heads.map(head => <Table.Th key={head}>{head}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{rows.map((row, i) => <Table.Tr key={i}>{cells(row).map((cell, j) => <Table.Td key={heads[j]}>{cell}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
      </Table>
      {hasNextPage && <Button mt="xs" size="compact-sm" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t('more')}</Button>}
    </>
  );
}
