import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { Amount } from '@web/parts/Amount';
import { BalanceAge } from '@web/parts/BalanceAge';
import { amount, whole } from '@web/parts/formats';
import classes from './CreditFacts.module.css';

/** What was compared with the limit, and by which of the company's rules. */
export interface Judged { balance: Schemas['PartnerView']['balance']; limit: Schemas['Money']; exposure: number | null; rate: number | null; counts: Schemas['CreditCounts']; marginPercent: number }

export function CreditFacts({ balance, limit, exposure, rate, counts, marginPercent }: Judged) {
  const { t } = useTranslation('orders');
  const facts: [string, ReactNode][] = [
    [t('credit.balance'), balance && <><Amount money={balance} /> <BalanceAge balance={balance} /></>],
    [t('credit.limit'), <Amount key="limit" money={limit} />],
    [t('credit.counts'), t(`counts.${counts}`)],
    [t('credit.exposure'), counts !== 'balance' && exposure !== null && <Amount money={{ amount: exposure, currency: limit.currency }} />],
    [t('credit.margin'), marginPercent > 0 && `${whole(marginPercent)} %`],
    [t('credit.rate'), rate !== null && balance && `1 ${balance.currency} = ${amount(rate)} ${limit.currency}`],
  ];
  return (
    <dl className={classes.facts}>
      {facts.filter(([, value]) => value).map(([term, value]) => <div key={term}><Text component="dt" size="xs" c="dimmed">{term}</Text><Text component="dd" size="sm" m={0} fw={500}>{value}</Text></div>)}
    </dl>
  );
}
