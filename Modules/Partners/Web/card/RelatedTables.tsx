import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { Lock, RelatedTable } from '@web/list/RelatedTable';
import { modules } from '@web/modules';
import { Amount } from '@web/parts/Amount';
import { useChoices } from '@web/parts/choices';
import { day } from '@web/parts/formats';
import { InvoiceState, isOverdue } from '@web/parts/InvoiceState';
import { useSystemName } from '@web/parts/systems';
import { useCompany, useMayWrite } from '@web/session/session';
import { type Partner, related } from '../partners';
import { Stage } from '../Stage';

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
  return (
    <Stack gap="sm"><New to="cases/new" number={number} text={t('card.newCase')} /><RelatedTable<Schemas['CaseView']> name="cases" query={{ partner: `${number}` }} read={related(company, number).cases} none={t('related.noCases')} label={t('card.cases')} columns={[
      { head: t('related.case'), cell: c => <Anchor component={Link} to={`/${company}/cases/${c.number}`} size="sm">{c.title}</Anchor> },
      { head: t('related.status'), cell: c => <Badge variant="light" radius="sm" tt="none" color={c.status.kind === 'won' ? 'green' : c.status.kind === 'lost' ? 'red' : 'blue'}>{name(c.status.key)}</Badge> },
      { head: t('related.value'), cell: c => <Amount money={c.value} />, end: true },
      { head: t('related.weighted'), cell: c => <Amount money={c.weighted} />, end: true },
      { head: t('related.followUp'), cell: c => day(c.followUp) },
      { head: t('related.expectedClose'), cell: c => day(c.expectedClose) },
      { head: t('related.lock'), cell: c => <Lock why={c.closed || c.convertedAt ? t('related.isClosed') : null} /> },
    ]} /></Stack>
  );
}

export function Orders({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  return (
    <Stack gap="sm"><New to="orders/new" number={number} text={t('card.newOrder')} /><RelatedTable<Schemas['OrderView']> name="orders" query={{ partner: `${number}` }} read={related(company, number).orders} none={t('related.noOrders')} label={t('card.orders')} columns={[
      { head: t('related.order'), cell: o => <Anchor component={Link} to={`/${company}/orders/${o.number}`} size="sm">{o.number}</Anchor> },
      { head: t('related.state'), cell: o => t(`orderState.${o.state}`) },
      { head: t('related.orderDate'), cell: o => day(o.orderDate) },
      { head: t('related.startDate'), cell: o => day(o.startDate) },
      { head: t('related.deliveryDate'), cell: o => day(o.deliveryDate) },
      { head: t('related.net'), cell: o => <Amount money={o.net} />, end: true },
      { head: t('column.uninvoiced'), cell: o => <Amount money={o.uninvoiced} />, end: true },
      { head: t('related.lock'), cell: o => <Lock why={o.locked ? t('related.isLocked') : o.state === 'invoiced' || o.state === 'cancelled' ? t('related.isClosed') : null} /> },
    ]} /></Stack>
  );
}

/** What accounting has sent the partner, the newest first. */
export function Invoices({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const nameOf = useSystemName();
  return (
    <RelatedTable<Schemas['InvoiceView']> name="invoices" query={{ partner: `${number}` }} read={related(company, number).invoices} none={t('related.noInvoices')} label={t('card.invoices')} columns={[
      { head: t('related.invoice'), cell: i => <Text span size="sm" title={nameOf(i.plugin)}>{i.invoiceNumber}</Text> },
      { head: t('related.invoiceDate'), cell: i => day(i.date) },
      { head: t('related.dueDate'), cell: i => <Text span size="sm" c={isOverdue(i) ? 'var(--mantine-color-error)' : undefined}>{day(i.dueDate)}</Text> },
      { head: t('related.net'), cell: i => <Amount money={i.net} />, end: true },
      { head: t('related.gross'), cell: i => <Amount money={i.gross} />, end: true },
      { head: t('related.left'), cell: i => (i.balance.amount === 0 ? null : <Amount money={i.balance} />), end: true },
      { head: t('related.state'), cell: i => <InvoiceState invoice={i} /> },
    ]} />
  );
}

/** The partner's branches, each a partner of its own (R55). */
export function Branches({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const mayWrite = useMayWrite();
  return (
    <Stack gap="sm">
      {mayWrite && <Group justify="flex-end"><Button size="compact-sm" component={Link} to={`/${company}/partners/new`} search={{ parent: `${number}` } as never} leftSection={<IconPlus size={15} />}>{t('branch.add')}</Button></Group>}
      <RelatedTable<Partner> name="partners" query={{ parent: `${number}` }} read={related(company, number).branches} none={t('branch.none')} label={t('card.branches')} columns={[
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
