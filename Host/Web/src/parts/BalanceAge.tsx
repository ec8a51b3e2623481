import { Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ago, moment } from './formats';
import type { Partner } from './partner';
import { useSystemName } from './systems';

type Known = NonNullable<Partner['balance']>;

/** Who said what is owed and how long ago, in words: Fortnox, 12 minutes ago. */
export function useBalanceAge(): (balance: Known) => string {
  const { t } = useTranslation();
  const nameOf = useSystemName();
  return useCallback(({ source, asOf }) => t('web:balance.age', { source: nameOf(source), ago: ago(asOf) }), [t, nameOf]);
}

/** The same beside or under the amount; one that is older than the company trusts says so. */
export function BalanceAge({ balance, display }: { balance: Known; display?: 'block' }) {
  const { t } = useTranslation();
  const age = useBalanceAge()(balance);
  return (
    <Text span display={display} size="xs" c={balance.stale ? 'var(--mantine-color-error)' : 'dimmed'} title={moment(balance.asOf)}>
      {balance.stale && <><IconClockExclamation size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('web:balance.stale')} · </>}{age}
    </Text>
  );
}
