import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Amount } from '@web/parts/Amount';
import { day } from '@web/parts/formats';
import { InvoiceState, isOverdue } from '@web/parts/InvoiceState';
import type { Invoice } from '../accounting';

/** The list's columns, in the order that a new user sees; the system only where there are several, and net amounts where one tells them. */
export function invoiceColumns(t: (key: string) => string, company: string, nameOf: ((plugin: string) => string) | null, hasNet: boolean): ColumnDef<Invoice>[] {
  const column = (id: string, width: string, cell: (invoice: Invoice) => ReactNode, more: { sort?: string; end?: boolean } = { sort: id }): ColumnDef<Invoice> =>
    ({ id, cell: ({ row }) => cell(row.original), meta: { head: t(`invoices.${id}`), width, ...more } });
  return [
    column('invoiceNumber', '7rem', i => i.invoiceNumber),
    column('partner', 'minmax(10rem, 2fr)', i => <Customer invoice={i} company={company} />, {}),
    column('date', '6.5rem', i => day(i.date)),
    column('dueDate', '6.75rem', i => <Text span inherit c={isOverdue(i) ? 'var(--mantine-color-error)' : undefined}>{day(i.dueDate)}</Text>),
    ...(hasNet ? [column('net', '8.5rem', i => <Amount money={i.net} />, { sort: 'net', end: true })] : []),
    column('gross', '8.5rem', i => <Amount money={i.gross} />, { sort: 'gross', end: true }),
    column('balance', '8.5rem', i => (i.balance.amount === 0 ? null : <Amount money={i.balance} />), { sort: 'balance', end: true }),
    column('state', '7.5rem', i => <InvoiceState invoice={i} />),
    ...(nameOf ? [column('system', '8rem', i => nameOf(i.plugin), {})] : []),
  ];
}

/** Whose it is: a partner, or somebody whom only accounting knows. */
function Customer({ invoice: { partner, partnerName, customerName }, company }: { invoice: Invoice; company: string }) {
  if (partner === null) return <Text span inherit c="dimmed">{customerName}</Text>;
  return <Anchor component={Link} to={`/${company}/partners/${partner}`} tabIndex={-1} inherit>{partnerName ?? partner}</Anchor>;
}

/** What a narrow screen shows of an invoice. */
export function CompactInvoice({ invoice }: { invoice: Invoice }) {
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap={8}><Text size="sm" fw={600} truncate>{invoice.partnerName ?? invoice.customerName}</Text><InvoiceState invoice={invoice} /></Group>
      <Group justify="space-between" wrap="nowrap" gap={8}><Text size="xs" c="dimmed" truncate>{[invoice.invoiceNumber, day(invoice.dueDate ?? invoice.date)].filter(Boolean).join(' · ')}</Text><Text span size="xs"><Amount money={invoice.gross} /></Text></Group>
    </>
  );
}
