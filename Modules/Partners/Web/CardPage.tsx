import { Badge, Group, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { Amount, BalanceAmount } from '@web/parts/Amount';
import { Flag } from '@web/parts/Flag';
import { ago, country, day, whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { isOverLimit, type Partner, partnerQuery, useChoices } from './partners';
import { Stage } from './Stage';
import { Timeline } from './Timeline';

/** /{company}/partners/{number} */
export default function CardPage() {
  const company = useCompany();
  const number = Number((useParams({ strict: false }) as { number?: string }).number);
  const { data: partner, error, refetch } = useQuery(partnerQuery(company, number));
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!partner) return <Stack p="md"><Skeleton height={28} width="40%" /><Skeleton height={220} /></Stack>;
  return <Card partner={partner} />;
}

function Card({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  const relations = useChoices('relations');
  const tags = useChoices('tags');
  const industries = useChoices('industries');
  return (
    <Stack p="md" gap="md" maw={1400}>
      <Group gap="sm">
        <Flag code={partner.country} size={24} />
        <Title order={1} size="h3">{partner.name}</Title>
        <Text c="dimmed">{t('card.number', { number: partner.number })}</Text>
        <Stage stage={partner.stage} />
      </Group>
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <Figure label={t('column.creditLimit')}><Amount money={partner.creditLimit} /></Figure>
        <Figure label={t('column.balance')} hint={partner.balance ? t('balance.source', { source: partner.balance.source, ago: ago(partner.balance.asOf) }) : t('balance.none')}><BalanceAmount balance={partner.balance} isOver={isOverLimit(partner)} /></Figure>
        <Figure label={t('column.uninvoiced')}><Amount money={partner.uninvoiced} /></Figure>
        <Figure label={t('column.latestDelivery')}>{day(partner.latestDelivery)}</Figure>
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        <Facts title={t('card.company')} facts={[
          [t('column.country'), country(partner.country)], [t('field.organisationNumber'), partner.organisationNumber], [t('field.vatNumber'), partner.vatNumber],
          [t('filter.relation'), partner.relations.map(relations.name).join(', ')], [t('filter.industry'), partner.industry && industries.name(partner.industry.code)],
          [t('field.employees'), partner.employees === null ? null : whole(partner.employees)], [t('field.legalForm'), partner.legalForm],
          [t('column.owner'), [partner.owner, ...partner.coOwners].flatMap(o => (o ? [o.name] : [])).join(', ')], [t('field.department'), partner.department?.name],
          [t('column.tags'), partner.tags.length > 0 && <Group gap={4}>{partner.tags.map(tag => <Badge key={tag} variant="default" radius="sm" tt="none" fw={500}>{tags.name(tag)}</Badge>)}</Group>],
        ]} />
        <Facts title={t('card.reach')} facts={[
          [t('field.phone'), partner.phone], [t('field.email'), partner.email], [t('field.website'), partner.website],
          [t('field.visiting'), address(partner.addresses.visiting)], [t('field.postal'), address(partner.addresses.postal)], [t('field.invoice'), address(partner.addresses.invoice)],
        ]} />
        <Facts title={t('card.invoicing')} facts={[
          [t('field.invoiceType'), partner.invoicing?.type && t(`invoiceType.${partner.invoicing.type}`)], [t('field.invoiceEmail'), partner.invoicing?.email],
          [t('field.creditDays'), partner.invoicing?.creditDays == null ? null : t('field.days', { count: partner.invoicing.creditDays })],
          [t('field.eInvoice'), partner.invoicing?.eInvoice && `${partner.invoicing.eInvoice.scheme} ${partner.invoicing.eInvoice.id}`],
        ]} />
      </SimpleGrid>
      <Timeline number={partner.number} />
    </Stack>
  );
}

const address = (a: Schemas['Address'] | null | undefined): string | null => (a ? [a.street, [a.postalCode, a.city].filter(Boolean).join(' '), a.country && country(a.country)].filter(Boolean).join(', ') : null);

function Figure({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <Paper withBorder p="sm" radius="md">
      <Text size="xs" c="dimmed">{label}</Text>
      <Text component="div" size="lg" fw={600} mih={28}>{children}</Text>
      {hint && <Text size="xs" c="dimmed">{hint}</Text>}
    </Paper>
  );
}

function Facts({ title, facts }: { title: string; facts: [string, ReactNode][] }) {
  return (
    <Paper withBorder p="md" radius="md">
      <Title order={2} size="h6" mb="xs">{title}</Title>
      <dl style={{ display: 'grid', gridTemplateColumns: 'minmax(7rem, auto) 1fr', gap: '0.35rem 1rem', margin: 0 }}>
        {facts.map(([term, value]) => [
          <Text key={`${term} term`} component="dt" size="sm" c="dimmed">{term}</Text>,
          <Text key={term} component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>{value || '–'}</Text>,
        ])}
      </dl>
    </Paper>
  );
}
