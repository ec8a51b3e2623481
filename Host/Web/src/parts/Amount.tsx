import { Text } from '@mantine/core';
import { IconAlertTriangle, IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { amount } from './formats';

/** An amount with its currency; blank, not 0, when it is not known. */
export function Amount({ money }: { money: Schemas['Money'] | null | undefined }) {
  if (!money) return null;
  return <span style={{ whiteSpace: 'nowrap' }}>{amount(money.amount)} <Text span size="xs" c="dimmed">{money.currency}</Text></span>;
}

/** What is owed; with an icon and words when it is more than the credit limit, and with an icon when nobody has said so for long. */
export function BalanceAmount({ balance, isOver }: { balance: Schemas['PartnerView']['balance'] | undefined; isOver: boolean }) {
  const { t } = useTranslation();
  if (!balance) return null;
  const old = balance.stale && <> <IconClockExclamation size={14} role="img" aria-label={t('web:balance.stale')} style={{ verticalAlign: '-2px' }}><title>{t('web:balance.stale')}</title></IconClockExclamation></>;
  if (!isOver) return <><Amount money={balance} />{old}</>;
  return (
    <Text span c="var(--mantine-color-error)" fw={600} fz="inherit" lh={1.15} style={{ whiteSpace: 'nowrap' }}>
      {amount(balance.amount)} <Text span size="xs">{balance.currency}</Text>{old}
      <Text span display="block" size="xs" lh={1.2}><IconAlertTriangle size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('web:overLimit')}</Text>
    </Text>
  );
}
