import { Anchor, Group, Text, Tooltip } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Amount } from '@web/parts/Amount';
import { type Case } from './cases';
import { CaseDay, Clock } from './Clock';
import { StatusBadge } from './StatusBadge';

/** The columns of the list, the clock at the right (R83, R94, R98); where there is little room the number is left out, which every card and page has. */
export function caseColumns(t: (key: string) => string, company: string, isTight: boolean): ColumnDef<Case>[] {
  const column = (id: string, width: string, cell: (c: Case) => ReactNode, more: { sort?: string; end?: boolean } = { sort: id }): ColumnDef<Case> =>
    ({ id, cell: ({ row }) => cell(row.original), meta: { head: t(`column.${id}`), width, ...more } });
  return [
    ...(isTight ? [] : [column('number', '4rem', c => c.number)]),
    column('title', 'minmax(6rem, 2fr)', c => (
      <Group gap={4} wrap="nowrap">
        <Anchor component={Link} to={`/${company}/cases/${c.number}`} tabIndex={-1} inherit fw={500} truncate title={c.title}>{c.title}</Anchor>
        {c.closed && <Tooltip label={t('closed')}><IconLock size={14} role="img" aria-label={t('closed')} style={{ flex: 'none' }} /></Tooltip>}
      </Group>
    )),
    column('partner', 'minmax(5.75rem, 1.6fr)', c => <Anchor component={Link} to={`/${company}/partners/${c.partner.number}`} tabIndex={-1} inherit title={c.partner.name ?? ''}>{c.partner.name ?? c.partner.number}</Anchor>, {}),
    column('status', 'minmax(7.25rem, 9.25rem)', c => <StatusBadge status={c.status} />),
    column('probability', 'minmax(4.9rem, 6.75rem)', c => `${c.probability} %`, { sort: 'probability', end: true }),
    column('value', 'minmax(7.75rem, 1fr)', c => <Amount money={c.value} />, { sort: 'value', end: true }),
    column('weighted', 'minmax(7.75rem, 1fr)', c => <Amount money={c.weighted} />, { sort: 'weighted', end: true }),
    column('followUp', 'minmax(5.65rem, 6rem)', c => <CaseDay of={c} field="followUp" />),
    column('expectedClose', 'minmax(5.65rem, 6rem)', c => <CaseDay of={c} field="expectedClose" />),
    column('owner', 'minmax(4.85rem, 1fr)', c => c.owner && <span title={c.owner.name}>{c.owner.name}</span>),
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
