import { Group, Paper, Progress, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@web/parts/Amount';
import { BalanceAge } from '@web/parts/BalanceAge';
import { amount, day, whole } from '@web/parts/formats';
import { isComparable, isOverLimit, type Partner } from '../partners';
import classes from './Card.module.css';

/** The figures that a seller looks at first; what is not known is blank. */
export function Strip({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  return (
    <section className={classes.strip} aria-label={t('card.figures')}>
      <Credit partner={partner} />
      <Figure label={t('column.uninvoiced')}>{partner.uninvoiced && <Amount money={partner.uninvoiced} />}</Figure>
      <Figure label={t('card.invoicedThisYear')}>{partner.invoicedThisYear && <Amount money={partner.invoicedThisYear} />}</Figure>
      <Figure label={t('column.latestDelivery')}>{day(partner.latestDelivery)}</Figure>
      <Figure label={t('card.openCases')}>{partner.counts.openCases === null ? '' : whole(partner.counts.openCases)}</Figure>
    </section>
  );
}

/** The balance against the limit: as a bar, in figures and, over it, in words. */
function Credit({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  const { balance, creditLimit: limit } = partner;
  const isOver = isOverLimit(partner);
  const share = balance && limit && isComparable(partner) ? (limit.amount > 0 ? (100 * balance.amount) / limit.amount : balance.amount > 0 ? 100 : 0) : null;
  return (
    <Paper withBorder px="sm" py={6} radius="md">
      <Group justify="space-between" gap="xs" wrap="nowrap" align="start">
        <div><Text size="xs" c="dimmed">{t('column.balance')}</Text><Text component="div" fw={600} mih={24}>{balance ? <Text span inherit c={isOver ? 'var(--mantine-color-error)' : undefined}><Amount money={balance} /></Text> : <Unknown />}</Text></div>
        <div style={{ textAlign: 'end' }}><Text size="xs" c="dimmed">{t('column.creditLimit')}</Text><Text component="div" fw={600} mih={24}>{limit ? <Amount money={limit} /> : <Text span size="sm" c="dimmed">{t('credit.noLimit')}</Text>}</Text></div>
      </Group>
      {share !== null && limit && balance && (
        <>
          <Progress size="sm" value={Math.max(0, Math.min(100, share))} color={isOver ? 'red' : 'blue'} aria-label={t('credit.used', { percent: whole(Math.round(share)) })} />
          <Text size="xs" mt={2} c={isOver ? 'var(--mantine-color-error)' : 'dimmed'}>
            {isOver
              ? <><IconAlertTriangle size={12} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('credit.over', { amount: amount(balance.amount - limit.amount), currency: limit.currency })}</>
              : t('credit.left', { amount: amount(limit.amount - balance.amount), currency: limit.currency })}
          </Text>
        </>
      )}
      {balance ? <BalanceAge balance={balance} display="block" /> : <Text size="xs" c="dimmed">{t('balance.none')}</Text>}
    </Paper>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Paper withBorder px="sm" py={6} radius="md">
      <Text size="xs" c="dimmed">{label}</Text>
      <Text component="div" fw={600} mih={24}>{children || <Unknown />}</Text>
    </Paper>
  );
}

const Unknown = () => <Text span inherit c="dimmed" aria-hidden>–</Text>;
