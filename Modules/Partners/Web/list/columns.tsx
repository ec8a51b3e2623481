import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Amount, BalanceAmount } from '@web/parts/Amount';
import { Flag } from '@web/parts/Flag';
import { country, day, moment, whole } from '@web/parts/formats';
import { isOverLimit, type Partner, useChoices } from '../partners';
import { Stage } from '../Stage';
import { Tags } from '../Tags';

interface Surroundings {
  t: (key: string, values?: Record<string, string>) => string;
  company: string;
  onTag: (tag: string) => void;
  isDisabled: (user: string) => boolean;
  /** Who said what is owed, and when. */
  ageOf: (balance: NonNullable<Partner['balance']>) => string;
}

/** The ten columns of the overview, in the order that a new user sees (R25). */
export const usualColumns = ['number', 'name', 'country', 'creditLimit', 'balance', 'uninvoiced', 'tags', 'latestDelivery', 'owner', 'stage'];

function Relations({ keys }: { keys: string[] }) {
  const { name } = useChoices('relations');
  return keys.map(name).join(', ');
}

function Industry({ code }: { code: string }) {
  return useChoices('industries').name(code);
}

/** Everything that the list knows of a partner, as columns. */
export function partnerColumns({ t, company, onTag, isDisabled, ageOf }: Surroundings): ColumnDef<Partner>[] {
  const column = (id: string, head: string, width: string, cell: (partner: Partner) => ReactNode, more: { sort?: string; end?: boolean } = {}): ColumnDef<Partner> =>
    ({ id, cell: ({ row }) => cell(row.original), meta: { head, width, ...more } });
  const usual = (id: string, width: string, cell: (partner: Partner) => ReactNode, more: { sort?: string; end?: boolean } = {}) => column(id, t(`column.${id}`), width, cell, more);
  const person = (p: { id: string; name: string }) => (
    <Text key={p.id} span inherit c={isDisabled(p.id) ? 'dimmed' : undefined} fs={isDisabled(p.id) ? 'italic' : undefined} title={isDisabled(p.id) ? t('owner.disabled') : p.name}>{p.name}</Text>
  );
  return [
    usual('number', '5rem', p => p.number, { sort: 'number' }),
    usual('name', 'minmax(10rem, 2fr)', p => <Anchor component={Link} to={`/${company}/partners/${p.number}`} tabIndex={-1} inherit fw={500} title={p.name}>{p.name}</Anchor>, { sort: 'name' }),
    usual('country', 'minmax(6.5rem, 0.8fr)', p => <Group gap={6} wrap="nowrap"><Flag code={p.country} /><Text span inherit truncate aria-hidden>{country(p.country)}</Text></Group>, { sort: 'country' }),
    usual('creditLimit', 'minmax(7.5rem, 1fr)', p => <Amount money={p.creditLimit} />, { sort: 'creditLimit', end: true }),
    usual('balance', 'minmax(9rem, 1fr)', p => <span title={p.balance ? ageOf(p.balance) : undefined}><BalanceAmount balance={p.balance} isOver={isOverLimit(p)} /></span>, { sort: 'balance', end: true }),
    usual('uninvoiced', 'minmax(7.5rem, 1fr)', p => <Amount money={p.uninvoiced} />, { sort: 'uninvoiced', end: true }),
    usual('tags', 'minmax(7.25rem, 1fr)', p => <Tags tags={p.tags} onTag={onTag} />),
    usual('latestDelivery', '6.5rem', p => day(p.latestDelivery), { sort: 'latestDelivery' }),
    usual('owner', 'minmax(6.5rem, 1fr)', p => p.owner && person(p.owner), { sort: 'owner' }),
    usual('stage', '7.5rem', p => <Stage stage={p.stage} />, { sort: 'stage' }),
    column('relation', t('filter.relation'), '8rem', p => <Relations keys={p.relations} />),
    column('industry', t('filter.industry'), '9rem', p => p.industry && <Industry code={p.industry.code} />, { sort: 'industry' }),
    column('organisationNumber', t('field.organisationNumber'), '8.5rem', p => p.organisationNumber, { sort: 'organisationNumber' }),
    column('vatNumber', t('field.vatNumber'), '9rem', p => p.vatNumber, { sort: 'vatNumber' }),
    column('city', t('filter.city'), '8rem', p => p.addresses.visiting?.city ?? p.addresses.postal?.city, { sort: 'city' }),
    column('phone', t('field.phone'), '9rem', p => p.phone && <Anchor href={`tel:${p.phone}`} tabIndex={-1} inherit c="inherit">{p.phone}</Anchor>),
    column('email', t('field.email'), '13rem', p => p.email && <Anchor href={`mailto:${p.email}`} tabIndex={-1} inherit c="inherit" title={p.email}>{p.email}</Anchor>),
    column('website', t('field.website'), '11rem', p => p.website),
    column('employees', t('field.employees'), '6rem', p => p.employees !== null && whole(p.employees), { sort: 'employees', end: true }),
    column('department', t('field.department'), '8rem', p => p.department?.name, { sort: 'department' }),
    column('coOwners', t('field.coOwners'), '9rem', p => <Group gap={6} wrap="nowrap">{p.coOwners.map(person)}</Group>),
    column('openCases', t('column.openCases'), '6rem', p => p.counts.openCases !== null && p.counts.openCases > 0 && whole(p.counts.openCases), { end: true }),
    column('invoicedThisYear', t('column.invoicedThisYear'), '8rem', p => <Amount money={p.invoicedThisYear} />, { end: true }),
    // Numbers are given in the order of creation (R9), so sorting by one is sorting by the other.
    column('created', t('column.created'), '8.5rem', p => moment(p.createdAt), { sort: 'number' }),
    column('updated', t('column.updated'), '8.5rem', p => moment(p.updatedAt)),
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
        <Text span size="xs" ta="end"><BalanceAmount balance={partner.balance} isOver={isOverLimit(partner)} /></Text>
      </Group>
    </>
  );
}
