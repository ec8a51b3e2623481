import { Badge, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { amount, day } from '@web/parts/formats';
import { usePartner } from '@web/parts/partner';

/** Whether the customer may buy on credit: over the limit in words, else the bureau's grade; nothing when nothing is known. */
export function CreditBadge({ partner }: { partner: number }) {
  const { t } = useTranslation('cases');
  const { data } = usePartner(partner);
  const warning = data?.warnings.find(w => w.code === 'credit.limit.exceeded');
  if (warning && data) {
    const words = t('credit.over', { limit: data.creditLimit ? `${amount(data.creditLimit.amount)} ${data.creditLimit.currency}` : '', balance: data.balance ? `${amount(data.balance.amount)} ${data.balance.currency}` : '' });
    return <Tooltip label={words}><Badge variant="light" color="red" radius="sm" tt="none" tabIndex={0} leftSection={<IconAlertTriangle size={12} aria-hidden />} aria-description={words}>{t('web:overLimit')}</Badge></Tooltip>;
  }
  if (!data?.credit?.grade) return null;
  return <Badge variant="light" color="teal" radius="sm" tt="none" leftSection={<IconShieldCheck size={12} aria-hidden />}>{t('credit.grade', { grade: data.credit.grade, day: day(data.credit.asOf) })}</Badge>;
}
