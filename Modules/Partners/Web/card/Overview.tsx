import { Anchor, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useProfile } from '@web/parts/company';
import { useCompany } from '@web/session/session';
import { contactsQuery } from '../fields/contact';
import type { Partner } from '../partners';
import classes from './Card.module.css';
import { Latest } from './History';
import { Owners } from './Owners';
import { AccountingNote, RegisterNote } from './RegisterNote';
import { AddressesSection, CompanySection, InvoicingSection, ReachSection } from './Sections';

/** The facts, section by section, and what happened last. */
export function Overview({ partner }: { partner: Partner }) {
  const { data } = useProfile();
  return (
    <div className={classes.overview}>
      <div className={classes.column}><CompanySection partner={partner} /><RegisterNote partner={partner} /><InvoicingSection partner={partner} currency={data?.baseCurrency ?? partner.creditLimit?.currency ?? 'SEK'} /></div>
      <div className={classes.column}><ReachSection partner={partner} /><AddressesSection partner={partner} /><PrimaryContact number={partner.number} /></div>
      <div className={classes.column}><Owners partner={partner} /><Latest number={partner.number} /><AccountingNote partner={partner} /></div>
    </div>
  );
}

/** Whom to call first. */
function PrimaryContact({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const primary = useQuery(contactsQuery(company, number)).data?.find(c => c.primary);
  if (!primary) return null;
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={t('contact.primaryTitle')}>
      <Title order={2} size="h6" mb="xs">{t('contact.primaryTitle')}</Title>
      <Text size="sm" fw={600}>{primary.name}</Text>
      {primary.title && <Text size="sm" c="dimmed">{primary.title}</Text>}
      {primary.phone && <Anchor size="sm" display="block" href={`tel:${primary.phone.replaceAll(/[^+\d]/g, '')}`}>{primary.phone}</Anchor>}
      {primary.email && <Anchor size="sm" display="block" href={`mailto:${primary.email}`}>{primary.email}</Anchor>}
    </Paper>
  );
}
