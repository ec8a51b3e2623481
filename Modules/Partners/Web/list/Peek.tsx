import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount, BalanceAmount } from '@web/parts/Amount';
import { BalanceAge } from '@web/parts/BalanceAge';
import { SideDialog } from '@web/parts/Dialog';
import { Flag } from '@web/parts/Flag';
import { country, day, whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { isOverLimit, partnerQuery, useChoices } from '../partners';
import { Stage } from '../Stage';

/** The main facts of a partner beside the list. */
export default function Peek({ number, name, onClose }: { number: number; name: string; onClose: () => void }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const relations = useChoices('relations');
  const tags = useChoices('tags');
  const { data: p, error, refetch } = useQuery(partnerQuery(company, number));
  const place = p?.addresses.visiting ?? p?.addresses.postal;
  const facts: [string, ReactNode][] = !p ? [] : [
    [t('column.stage'), p.stage && <Stage stage={p.stage} />], [t('column.owner'), [p.owner, ...p.coOwners].flatMap(o => (o ? [o.name] : [])).join(', ')],
    [t('column.creditLimit'), p.creditLimit && <Amount money={p.creditLimit} />],
    [t('column.balance'), p.balance && <><BalanceAmount balance={p.balance} isOver={isOverLimit(p)} /> <BalanceAge balance={p.balance} /></>],
    [t('column.uninvoiced'), p.uninvoiced && <Amount money={p.uninvoiced} />], [t('column.latestDelivery'), day(p.latestDelivery)], [t('column.openCases'), p.counts.openCases && whole(p.counts.openCases)],
    [t('filter.relation'), p.relations.map(relations.name).join(', ')], [t('column.tags'), p.tags.map(tags.name).join(', ')], [t('field.organisationNumber'), p.organisationNumber],
    [t('field.phone'), p.phone && <Anchor size="sm" href={`tel:${p.phone}`}>{p.phone}</Anchor>], [t('field.email'), p.email && <Anchor size="sm" href={`mailto:${p.email}`}>{p.email}</Anchor>],
    [t('field.visiting'), place && [place.street, [place.postalCode, place.city].filter(Boolean).join(' '), place.country && country(place.country)].filter(Boolean).join(', ')],
  ];
  return (
    <SideDialog onClose={onClose} position="right" size="sm" title={<Group gap={8} wrap="nowrap">{p && <Flag code={p.country} />}<Text fw={600}>{p?.name ?? name}</Text></Group>} overlayProps={{ backgroundOpacity: 0.15 }}>
      {error && <ProblemPanel error={error} retry={() => void refetch()} />}
      {!p && !error && <Stack>{[1, 2, 3, 4, 5].map(i => <Skeleton key={i} height={16} />)}</Stack>}
      {p && (
        <Stack>
          <dl style={{ display: 'grid', gridTemplateColumns: 'minmax(6rem, 9rem) 1fr', gap: '0.4rem 1rem', margin: 0 }}>
            {facts.filter(([, value]) => value).map(([term, value]) => [
              <Text key={`${term} term`} component="dt" size="sm" c="dimmed">{term}</Text>,
              <Text key={term} component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>{value}</Text>,
            ])}
          </dl>
          <Button component={Link} to={`/${company}/partners/${p.number}`} variant="default" data-autofocus>{t('peek.open')}</Button>
        </Stack>
      )}
    </SideDialog>
  );
}
