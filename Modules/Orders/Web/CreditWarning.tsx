import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePartner } from '@web/parts/partner';
import { useProfile } from '@web/parts/company';
import { CreditFacts } from './CreditFacts';
import { type Warning } from './orders';

/** That the customer is over the limit, with the figures, their age and the rule. It warns and never blocks (R40–R42). */
export function CreditWarning({ warning, partner: number, isSaved = false, children }: { warning: Warning; partner: number; isSaved?: boolean; children?: ReactNode }) {
  const { t } = useTranslation('orders');
  const partner = usePartner(number).data;
  const policy = useProfile().data?.credit;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={t(`warning.${warning.code}`)} role="status" aria-live="polite">
      <Stack gap="xs">
        {warning.limit !== null && warning.currency !== null && policy && (
          <CreditFacts balance={partner?.balance ?? null} limit={{ amount: warning.limit, currency: warning.currency }} exposure={warning.exposure} rate={warning.rate} counts={policy.counts} marginPercent={policy.marginPercent} />
        )}
        {!isSaved && <Text size="sm">{t('warning.mayStill')}</Text>}
        {children}
      </Stack>
    </Alert>
  );
}
