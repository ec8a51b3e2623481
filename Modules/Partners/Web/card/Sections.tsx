import { Anchor, Badge, Divider, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { Amount } from '@web/parts/Amount';
import { country, languageName, whole } from '@web/parts/formats';
import { useCompany } from '@web/session/session';
import { IdentityFields, KindFields, ParentFields } from '../fields/CompanyFields';
import { EInvoiceFields, InvoicingFields } from '../fields/InvoicingFields';
import { AddressFields, ReachFields } from '../fields/ReachFields';
import { type Partner, partnerQuery, useChoices } from '../partners';
import { type Fact, Section } from './Section';

/** What the firm is. */
export function CompanySection({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const relations = useChoices('relations');
  const industries = useChoices('industries');
  const tags = useChoices('tags');
  const { data: parent } = useQuery(partnerQuery(company, partner.parent));
  const facts: Fact[] = [
    [t('column.country'), country(partner.country)],
    [t('field.organisationNumber'), partner.organisationNumber],
    [t('field.vatNumber'), partner.vatNumber],
    [t('filter.relation'), partner.relations.map(relations.name).join(', ')],
    [t('column.tags'), partner.tags.length > 0 && <Group component="span" gap={4}>{partner.tags.map(tag => <Badge key={tag} component="span" variant="default" radius="sm" tt="none" fw={500}>{tags.name(tag)}</Badge>)}</Group>],
    [t('filter.industry'), partner.industry && industries.name(partner.industry.code)],
    [t('field.employees'), partner.employees === null ? null : whole(partner.employees)],
    [t('field.legalForm'), partner.legalForm],
    [t('field.language'), partner.language && languageName(partner.language)],
    ...(partner.parent === null ? [] : [[t('field.parent'), <Anchor key="parent" component={Link} to={`/${company}/partners/${partner.parent}`} size="sm">{parent?.name ?? partner.parent}</Anchor>] as Fact]),
    ...(partner.branchNumber === null ? [] : [[t('field.branchNumber'), partner.branchNumber] as Fact]),
  ];
  return (
    <Section partner={partner} title={t('card.company')} facts={facts} shortcut={{ key: 't', field: 'tags', name: t('column.tags') }}
      fields={form => <><IdentityFields form={form} /><KindFields form={form} /><ParentFields form={form} self={partner.number} parentName={parent?.name} /></>} />
  );
}

const lines = (a: Schemas['Address'] | null): string | null => (a ? [a.street, [a.postalCode, a.city].filter(Boolean).join(' '), a.country && country(a.country)].filter(Boolean).join('\n') : null);

/** How the firm is reached. */
export function ReachSection({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  const site = partner.website && (/^https?:\/\//i.test(partner.website) ? partner.website : `https://${partner.website}`);
  return (
    <Section partner={partner} title={t('card.reach')} fields={form => <ReachFields form={form} />} facts={[
      [t('field.phone'), partner.phone && <Anchor href={`tel:${partner.phone.replaceAll(/[^+\d]/g, '')}`} size="sm">{partner.phone}</Anchor>],
      [t('field.email'), partner.email && <Anchor href={`mailto:${partner.email}`} size="sm">{partner.email}</Anchor>],
      [t('field.website'), site && <Anchor href={site} target="_blank" rel="noreferrer" size="sm">{partner.website}</Anchor>],
    ]} />
  );
}

/** Where the firm is and gets its post (R15). */
export function AddressesSection({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  const { visiting, postal, invoice } = partner.addresses;
  return (
    <Section partner={partner} title={t('card.addresses')} fields={form => <AddressFields form={form} />}
      facts={[[t('field.visiting'), lines(visiting)], [t('field.postal'), lines(postal)], [t('field.invoice'), lines(invoice)]]} />
  );
}

/** How invoices reach the partner and when they are due. */
export function InvoicingSection({ partner, currency }: { partner: Partner; currency: string }) {
  const { t } = useTranslation('partners');
  const { invoicing } = partner;
  const e = invoicing?.eInvoice;
  return (
    <Section partner={partner} title={t('card.invoicing')}
      fields={form => <><InvoicingFields form={form} currency={currency} /><Divider label={t('field.eInvoice')} labelPosition="left" /><EInvoiceFields form={form} /></>}
      facts={[
        [t('field.invoiceType'), invoicing && t(`invoiceType.${invoicing.type}`)],
        [t('field.invoiceEmail'), invoicing?.email],
        [t('field.automatic'), invoicing && t(invoicing.automaticHandling ? 'yes' : 'no')],
        [t('field.creditDays'), invoicing?.creditDays == null ? null : t('field.days', { count: invoicing.creditDays })],
        [t('column.creditLimit'), partner.creditLimit && <Amount money={partner.creditLimit} />],
        [t('field.eInvoice'), e && <>{`${e.scheme}:${e.id}`}{e.operator && <Text span size="sm" c="dimmed"> · {e.operator}</Text>}</>],
      ]} />
  );
}
