import { Group, Skeleton, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '@web/api/client';
import { Amount } from '@web/parts/Amount';
import { whole } from '@web/parts/formats';
import { useCompany } from '@web/session/session';
import { summaryQuery } from './cases';
import classes from './Sums.module.css';

/** What the filtered cases add up to, by currency and, with several, converted (R86). */
export function Sums({ filter }: { filter: ListQuery }) {
  const { t } = useTranslation('cases');
  const { data } = useQuery({ ...summaryQuery(useCompany(), filter), placeholderData: keepPreviousData });
  const line = (name: string, sum: { currency: string; value: number; weighted: number } | null, missing?: string) => (
    <Group key={name} gap="lg" wrap="nowrap" justify="end">
      {name && <Text span size="sm" c="dimmed">{name}</Text>}
      {sum ? <><Sum label={t('column.value')}><Amount money={{ amount: sum.value, currency: sum.currency }} /></Sum><Sum label={t('column.weighted')}><Amount money={{ amount: sum.weighted, currency: sum.currency }} /></Sum></> : <Text span size="sm">{missing}</Text>}
    </Group>
  );
  return (
    <footer className={classes.sums} aria-label={t('sums.title')}>
      {!data ? <Skeleton height={16} width="50%" /> : (
        <>
          <Text size="sm" fw={600}>{t('list.count', { count: data.count, many: whole(data.count) })}</Text>
          <div className={classes.lines}>
            {data.totals.map(total => line(data.totals.length > 1 ? total.currency : '', total))}
            {data.totals.length > 1 && line(t('sums.converted'), data.converted, t('sums.noRate'))}
          </div>
        </>
      )}
    </footer>
  );
}

function Sum({ label, children }: { label: string; children: ReactNode }) {
  return <Text span size="sm" className={classes.sum}><Text span size="sm" c="dimmed">{label}</Text> <Text span size="sm" fw={600}>{children}</Text></Text>;
}
