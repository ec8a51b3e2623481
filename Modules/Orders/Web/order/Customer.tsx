import { Anchor, Group, Skeleton, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Part } from '@web/edit/Part';
import { Amount, BalanceAmount } from '@web/parts/Amount';
import { BalanceAge } from '@web/parts/BalanceAge';
import { Flag } from '@web/parts/Flag';
import { usePartner } from '@web/parts/partner';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { type Order } from '../orders';

/** Whose order it is, with what they owe. */
export function Customer({ order }: { order: Order }) {
  const { t } = useTranslation('orders');
  const company = useCompany();
  const { data: partner, error, refetch } = usePartner(order.partner.number);
  const fact = (term: string, value: ReactNode) => value && <Group justify="space-between" gap="xs" wrap="nowrap" align="start"><Text component="dt" size="sm" c="dimmed">{term}</Text><Text component="dd" size="sm" m={0} ta="end">{value}</Text></Group>;
  return (
    <Part title={t('column.partner')}>
      {error && <ProblemPanel error={error} retry={() => void refetch()} />}
      {!partner && !error && <Skeleton height={90} />}
      {partner && (
        <>
          <Group gap={6} mb="xs" wrap="nowrap"><Flag code={partner.country} /><Anchor component={Link} to={`/${company}/partners/${partner.number}`} fw={600} truncate>{partner.name}</Anchor></Group>
          <dl style={{ margin: 0, display: 'grid', gap: '0.35rem' }}>
            {fact(t('credit.balance'), partner.balance && <><BalanceAmount balance={partner.balance} isOver={partner.warnings.some(warning => warning.code === 'credit.limit.exceeded')} /><BalanceAge balance={partner.balance} display="block" /></>)}
            {fact(t('credit.limit'), partner.creditLimit ? <Amount money={partner.creditLimit} /> : t('credit.noLimit'))}
            {fact(t('credit.uninvoiced'), <Amount money={partner.uninvoiced} />)}
            {fact(t('column.owner'), partner.owner?.name)}
          </dl>
        </>
      )}
    </Part>
  );
}
