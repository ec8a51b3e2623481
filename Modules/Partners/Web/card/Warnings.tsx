import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { amount } from '@web/parts/formats';
import { isComparable, type Partner } from '../partners';

/** What the server doubts; none of it blocks a save. */
export function Warnings({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  // The strip says so already where it can show both.
  const warnings = partner.warnings.filter(w => w.code !== 'credit.limit.exceeded' || !isComparable(partner));
  if (warnings.length === 0) return null;
  return (
    <Stack gap="xs">
      {warnings.map(w => (
        <Alert key={w.code} p="xs" color={w.code === 'credit.limit.exceeded' ? 'red' : 'yellow'} icon={<IconAlertTriangle />} role="note">
          <Text size="sm">{w.code === 'credit.limit.exceeded' && w.balance !== null && w.limit !== null
            ? t('warning.credit', { balance: amount(w.balance), limit: amount(w.limit), currency: w.currency ?? '' })
            : t(`warning.${w.code}`, { defaultValue: w.message })}</Text>
        </Alert>
      ))}
    </Stack>
  );
}
