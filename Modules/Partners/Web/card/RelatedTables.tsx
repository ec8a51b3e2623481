import { Anchor, Badge, Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { modules } from '@web/modules';
import { Amount } from '@web/parts/Amount';
import { useChoices } from '@web/parts/choices';
import { day } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany, useMayWrite } from '@web/session/session';
import { branchesQuery, casesQuery, ordersQuery, type Partner } from '../partners';
import { Stage } from '../Stage';

interface Column<T> { head: string; cell: (row: T) => ReactNode; end?: boolean }
interface Answered<T> { data: { items: T[]; count: number } | undefined; error: unknown; refetch: () => unknown }

/** A plain table of what belongs to the partner; the first column leads to the row's own page. */
function Related<T>({ query, columns, keyOf, none, label }: { query: Answered<T>; columns: Column<T>[]; keyOf: (row: T) => number; none: string; label: string }) {
  const { t } = useTranslation('partners');
  if (query.error && !query.data) return <ProblemPanel error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={120} />;
  const { items, count } = query.data;
  if (items.length === 0) return <Text size="sm" c="dimmed">{none}</Text>;
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing={5} highlightOnHover aria-label={label}>
        <Table.Thead><Table.Tr>{columns.map(c => <Table.Th key={c.head} ta={c.end ? 'end' : undefined}>{c.head}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{items.map(row => <Table.Tr key={keyOf(row)}>{columns.map(c => <Table.Td key={c.head} ta={c.end ? 'end' : undefined}>{c.cell(row)}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
      </Table>
      {count > items.length && <Text size="xs" c="dimmed" mt="xs">{t('related.first', { shown: items.length, count })}</Text>}
    </Table.ScrollContainer>
  );
}

const pages = modules.flatMap(m => m.pages.map(page => page.path));

/** The way to something new for the partner, where a module has such a page. */
function New({ to, number, text }: { to: string; number: number; text: string }) {
  const company = useCompany();
  if (!useMayWrite() || !pages.includes(to)) return null;
  return <Group justify="flex-end"><Button size="compact-sm" component={Link} to={`/${company}/${to}`} search={{ partner: `${number}` } as never} leftSection={<IconPlus size={15} />}>{text}</Button></Group>;
}

export function Cases({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const { name } = useChoices('case-statuses');
  const query = useQuery(casesQuery(company, number));
  return (
    <Stack gap="sm"><New to="cases/new" number={number} text={t('card.newCase')} /><Related query={query} keyOf={c => c.number} none={t('related.noCases')} label={t('card.cases')} columns={[
      { head: t('related.case'), cell: c => <Anchor component={Link} to={`/${company}/cases/${c.number}`} size="sm">{c.title}</Anchor> },
      { head: t('related.status'), cell: c => <Badge variant="light" radius="sm" tt="none" color={c.status.kind === 'won' ? 'green' : c.status.kind === 'lost' ? 'red' : 'blue'}>{name(c.status.key)}</Badge> },
      { head: t('related.value'), cell: c => <Amount money={c.value} />, end: true },
      { head: t('related.weighted'), cell: c => <Amount money={c.weighted} />, end: true },
      { head: t('related.followUp'), cell: c => day(c.followUp) },
      { head: t('related.expectedClose'), cell: c => day(c.expectedClose) },
      { head: t('related.closed'), cell: c => (c.closed ? <Closed text={t('related.isClosed')} /> : t('related.isOpen')) },
    ]} /></Stack>
  );
}

export function Orders({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const query = useQuery(ordersQuery(company, number));
  return (
    <Stack gap="sm"><New to="orders/new" number={number} text={t('card.newOrder')} /><Related query={query} keyOf={o => o.number} none={t('related.noOrders')} label={t('card.orders')} columns={[
      { head: t('related.order'), cell: o => <Anchor component={Link} to={`/${company}/orders/${o.number}`} size="sm">{o.number}</Anchor> },
      { head: t('related.state'), cell: o => t(`orderState.${o.state}`) },
      { head: t('related.orderDate'), cell: o => day(o.orderDate) },
      { head: t('related.startDate'), cell: o => day(o.startDate) },
      { head: t('related.deliveryDate'), cell: o => day(o.deliveryDate) },
      { head: t('related.net'), cell: o => <Amount money={o.net} />, end: true },
      { head: t('column.uninvoiced'), cell: o => <Amount money={o.uninvoiced} />, end: true },
      { head: t('related.locked'), cell: o => (o.locked ? <Closed text={t('related.isLocked')} /> : t('related.isOpen')) },
    ]} /></Stack>
  );
}

const Closed = ({ text }: { text: string }) => <Group gap={4} wrap="nowrap"><IconLock size={14} aria-hidden />{text}</Group>;

/** The partner's branches, each a partner of its own (R55). */
export function Branches({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const mayWrite = useMayWrite();
  return (
    <Stack gap="sm">
      {mayWrite && <Group justify="flex-end"><Button size="compact-sm" component={Link} to={`/${company}/partners/new`} search={{ parent: `${number}` } as never} leftSection={<IconPlus size={15} />}>{t('branch.add')}</Button></Group>}
      <Related<Partner> query={useQuery(branchesQuery(company, number))} keyOf={p => p.number} none={t('branch.none')} label={t('card.branches')} columns={[
        { head: t('column.number'), cell: p => p.number },
        { head: t('column.name'), cell: p => <Anchor component={Link} to={`/${company}/partners/${p.number}`} size="sm">{p.name}</Anchor> },
        { head: t('field.branchNumber'), cell: p => p.branchNumber },
        { head: t('field.city'), cell: p => p.addresses.visiting?.city ?? p.addresses.postal?.city },
        { head: t('column.owner'), cell: p => p.owner?.name },
        { head: t('column.stage'), cell: p => <Stage stage={p.stage} /> },
      ]} />
    </Stack>
  );
}
