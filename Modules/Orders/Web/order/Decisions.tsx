import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Part } from '@web/edit/Part';
import { useUsers } from '@web/parts/choices';
import { moment } from '@web/parts/formats';
import { CreditFacts } from '../CreditFacts';
import type { Order } from '../orders';

/** Each time that the order was taken over the limit: what was known then, by whom and why. Later figures do not change it. */
export function Decisions({ order }: { order: Order }) {
  const { t } = useTranslation('orders');
  const users = useUsers();
  if (order.creditDecisions.length === 0) return null;
  const by = (caller: string) => users.find(user => `user:${user.id}` === caller)?.name ?? t('timeline.program');
  return (
    <Part title={t('decisions.title')}>
      <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {order.creditDecisions.toReversed().map(decision => (
          <li key={decision.at}>
            <Text size="sm" fw={600}>{t('decisions.by', { name: by(decision.by), when: moment(decision.at) })}</Text>
            <Text size="sm" mb={4} c={decision.reason ? undefined : 'dimmed'} style={{ whiteSpace: 'pre-line' }}>{decision.reason ? t('decisions.reason', { reason: decision.reason }) : t('decisions.noReason')}</Text>
            <CreditFacts {...decision} balance={decision.balance && { ...decision.balance, stale: decision.stale }} />
          </li>
        ))}
      </Stack>
    </Part>
  );
}
