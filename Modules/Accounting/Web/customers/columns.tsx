import { Anchor, Group, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { Fragment, type ReactNode } from 'react';
import { Amount } from '@web/parts/Amount';
import type { Customer } from '../accounting';

/** Who it is for us, in words: why somebody has to decide, that it is nobody, or the partner. */
export const stateOf = (t: TFunction<'accounting'>, { review, ignored }: Customer): string => (review !== null ? t(`review.${review}`, { defaultValue: review }) : ignored ? t('customers.ignored') : '');

/** The list's columns; the system only where there are several. */
export function customerColumns(t: TFunction<'accounting'>, company: string, isReview: boolean, nameOf: ((plugin: string) => string) | null): ColumnDef<Customer>[] {
  const column = (id: string, width: string, cell: (customer: Customer) => ReactNode, more: { sort?: string; end?: boolean } = {}): ColumnDef<Customer> =>
    ({ id, cell: ({ row }) => cell(row.original), meta: { head: t(`customers.${id}`), width, ...more } });
  return [
    column('name', 'minmax(11rem, 2fr)', c => <Text span inherit fw={500}>{c.name}</Text>, { sort: 'name' }),
    column('externalNumber', '7rem', c => c.externalNumber),
    column('organisationNumber', '8rem', c => c.organisationNumber),
    column('city', 'minmax(7rem, 1fr)', c => c.city),
    column('owes', '9rem', c => <Owes customer={c} />, { end: true }),
    column(isReview ? 'why' : 'partner', 'minmax(13rem, 2fr)', c => (c.partner !== null ? <><Anchor component={Link} to={`/${company}/partners/${c.partner}`} tabIndex={-1} inherit>{c.partnerName ?? c.partner}</Anchor>{c.conflicts.length > 0 && <Differs count={c.conflicts.length} t={t} />}</> : <Text span inherit c="dimmed">{stateOf(t, c)}</Text>)),
    ...(nameOf ? [column('system', '8rem', c => nameOf(c.plugin))] : []),
  ];
}

/** That both sides have something otherwise, in words for who does not see the icon. */
function Differs({ count, t }: { count: number; t: TFunction<'accounting'> }) {
  const words = t('why.conflicts', { count });
  return <> <IconArrowsDiff size={15} role="img" aria-label={words} style={{ verticalAlign: '-2px' }}><title>{words}</title></IconArrowsDiff></>;
}

/** What it owes there, in each currency; empty when nothing. */
export function Owes({ customer: { open } }: { customer: Customer }) {
  return <>{open.map((money, i) => <Fragment key={money.currency}>{i > 0 && ' + '}<Amount money={money} /></Fragment>)}</>;
}

/** What a narrow screen shows of a customer. */
export function CompactCustomer({ customer, state }: { customer: Customer; state: string }) {
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap={8}><Text size="sm" fw={600} truncate>{customer.name}</Text><Text span size="xs"><Owes customer={customer} /></Text></Group>
      <Text size="xs" c="dimmed" truncate>{[customer.externalNumber, customer.city, customer.partnerName ?? state].filter(Boolean).join(' · ')}</Text>
    </>
  );
}
