import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Amount, BalanceAmount } from '@web/parts/Amount';
import { Flag } from '@web/parts/Flag';
import { ago, country, day } from '@web/parts/formats';
import { isOverLimit, type Partner } from './partners';
import { Stage } from './Stage';
import { Tags } from './Tags';

interface Surroundings {
  t: (key: string, values?: Record<string, string>) => string;
  company: string;
  onTag: (tag: string) => void;
  isDisabled: (user: string) => boolean;
}

/** The ten columns of the overview, in the order that a new user sees (R25). */
export function partnerColumns({ t, company, onTag, isDisabled }: Surroundings): ColumnDef<Partner>[] {
  const column = (id: string, width: string, cell: (partner: Partner) => ReactNode, more: { sort?: string; end?: boolean } = {}): ColumnDef<Partner> =>
    ({ id, cell: ({ row }) => cell(row.original), meta: { head: t(`column.${id}`), width, ...more } });
  return [
    column('number', '5rem', p => p.number, { sort: 'number' }),
    column('name', 'minmax(11rem, 2fr)', p => <Anchor component={Link} to={`/${company}/partners/${p.number}`} tabIndex={-1} inherit fw={500} title={p.name}>{p.name}</Anchor>, { sort: 'name' }),
    column('country', 'minmax(7rem, 0.8fr)', p => <Group gap={6} wrap="nowrap"><Flag code={p.country} /><Text span inherit truncate aria-hidden>{country(p.country)}</Text></Group>, { sort: 'country' }),
    column('creditLimit', 'minmax(7.5rem, 1fr)', p => <Amount money={p.creditLimit} />, { sort: 'creditLimit', end: true }),
    column('balance', 'minmax(7.5rem, 1fr)', p => <span title={p.balance ? t('balance.source', { source: p.balance.source, ago: ago(p.balance.asOf) }) : undefined}><BalanceAmount balance={p.balance} isOver={isOverLimit(p)} /></span>, { sort: 'balance', end: true }),
    column('uninvoiced', 'minmax(7.5rem, 1fr)', p => <Amount money={p.uninvoiced} />, { sort: 'uninvoiced', end: true }),
    column('tags', 'minmax(7.25rem, 1fr)', p => <Tags tags={p.tags} onTag={onTag} />),
    column('latestDelivery', '6.5rem', p => day(p.latestDelivery), { sort: 'latestDelivery' }),
    column('owner', 'minmax(6.5rem, 1fr)', p => p.owner && <Text span inherit c={isDisabled(p.owner.id) ? 'dimmed' : undefined} fs={isDisabled(p.owner.id) ? 'italic' : undefined} title={isDisabled(p.owner.id) ? t('owner.disabled') : undefined}>{p.owner.name}</Text>, { sort: 'owner' }),
    column('stage', '6.75rem', p => <Stage stage={p.stage} />, { sort: 'stage' }),
  ];
}

/** What a narrow screen shows of a partner. */
export function CompactPartner({ partner }: { partner: Partner }) {
  return (
    <>
      <Group gap={8} wrap="nowrap" justify="space-between">
        <Group gap={6} wrap="nowrap" miw={0}><Flag code={partner.country} size={16} /><Text size="sm" fw={600} truncate>{partner.name}</Text></Group>
        <Stage stage={partner.stage} />
      </Group>
      <Group gap={8} wrap="nowrap" justify="space-between">
        <Text size="xs" c="dimmed" truncate>{[partner.number, partner.owner?.name].filter(Boolean).join(' · ')}</Text>
        <Text span size="xs"><BalanceAmount balance={partner.balance} isOver={isOverLimit(partner)} /></Text>
      </Group>
    </>
  );
}
