import { Anchor, Group, Text, Tooltip } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Amount } from '@web/parts/Amount';
import { type Case } from './cases';
import { CaseDay, Clock } from './Clock';
import { StatusBadge } from './StatusBadge';

/** The columns of the list, the clock at the right (R83, R94, R98). Where there is little room, two stand one above the other: customer below title, weighted below value. */
export function caseColumns(t: (key: string) => string, company: string, isTight: boolean): ColumnDef<Case>[] {
  const column = (id: string, width: string, cell: (c: Case) => ReactNode, more: { sort?: string; end?: boolean; head?: string } = { sort: id }): ColumnDef<Case> =>
    ({ id, cell: ({ row }) => cell(row.original), meta: { head: t(`column.${id}`), width, ...more } });
  const customer = (c: Case) => <Anchor component={Link} to={`/${company}/partners/${c.partner.number}`} tabIndex={-1} inherit title={c.partner.name ?? ''}>{c.partner.name ?? c.partner.number}</Anchor>;
  const below = (first: ReactNode, second: ReactNode) => <>{first}<Text size="xs" lh={1.2} truncate c="dimmed">{second}</Text></>;
  const both = (first: string, second: string) => (isTight ? { head: `${t(`column.${first}`)} / ${t(`column.${second}`)}` } : {});
  const title = (c: Case) => (
    <Group gap={4} wrap="nowrap">
      <Anchor component={Link} to={`/${company}/cases/${c.number}`} tabIndex={-1} inherit fw={500} truncate title={c.title}>{c.title}</Anchor>
      {c.closed && <Tooltip label={t('closed')}><IconLock size={14} role="img" aria-label={t('closed')} style={{ flex: 'none' }} /></Tooltip>}
    </Group>
  );
  return [
    column('number', '4rem', c => c.number),
    column('title', 'minmax(8.5rem, 2fr)', c => (isTight ? below(title(c), customer(c)) : title(c)), { sort: 'title', ...both('title', 'partner') }),
    ...(isTight ? [] : [column('partner', 'minmax(8.5rem, 1.6fr)', customer, {})]),
    column('status', 'minmax(8rem, 9.25rem)', c => <StatusBadge status={c.status} />),
    column('probability', 'minmax(4.9rem, 6.75rem)', c => `${c.probability} %`, { sort: 'probability', end: true }),
    column('value', 'minmax(8.15rem, 1fr)', c => (isTight ? below(<Amount money={c.value} />, <Amount money={c.weighted} />) : <Amount money={c.value} />), { sort: 'value', end: true, ...both('value', 'weighted') }),
    ...(isTight ? [] : [column('weighted', 'minmax(8.15rem, 1fr)', c => <Amount money={c.weighted} />, { sort: 'weighted', end: true })]),
    column('followUp', '6rem', c => <CaseDay of={c} field="followUp" />),
    column('expectedClose', '6rem', c => <CaseDay of={c} field="expectedClose" />),
    column('owner', 'minmax(6rem, 1fr)', c => c.owner && <span title={c.owner.name}>{c.owner.name}</span>),
    column('clock', '3.1rem', c => <Clock of={c} />, { end: true }),
  ];
}

/** What a narrow screen shows of a case. */
export function CompactCase({ of: c }: { of: Case }) {
  return (
    <>
      <Group gap={8} wrap="nowrap" justify="space-between">
        <Group gap={6} wrap="nowrap" miw={0}><Clock of={c} size={16} /><Text size="sm" fw={600} truncate>{c.title}</Text></Group>
        <StatusBadge status={c.status} />
      </Group>
      <Group gap={8} wrap="nowrap" justify="space-between">
        <Text size="xs" c="dimmed" truncate>{c.partner.name}</Text>
        <Text span size="xs"><Amount money={c.value} /></Text>
      </Group>
    </>
  );
}
