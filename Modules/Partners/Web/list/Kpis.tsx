import { Skeleton, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type ListQuery, type Schemas } from '@web/api/client';
import { filtersOf, useListSearch } from '@web/list/search';
import { toQuery, toText } from '@web/list/views';
import { whole } from '@web/parts/formats';
import { useCompany } from '@web/session/session';
import classes from './Kpis.module.css';

/** Whole amounts: a figure to glance at. */
function Sums({ value, weighted }: Schemas['OpenCasesView']) {
  const { t } = useTranslation('partners');
  if (!value) return null;
  return <>{whole(Math.round(value.amount))} <Text span size="xs" c="dimmed">{value.currency}{weighted && ` · ${t('kpi.weighted')} ${whole(Math.round(weighted.amount))}`}</Text></>;
}

/** The figures above the overview (R116). A figure that counts partners opens exactly those. */
export function Kpis() {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const { search } = useListSearch();
  const { pathname } = useLocation();
  const { data, isError } = useQuery({ queryKey: [company, 'partners', 'kpis'], staleTime: 30_000, queryFn: ({ signal }) => answer(api.GET('/api/v1/{company}/partners/overview/kpis', { params: { path: { company } }, signal })) });
  if (isError && !data) return null;

  const tile = (name: string, figure: ReactNode, hint: string, filter?: string) => {
    const query: ListQuery = filter ? toQuery(filter) : {};
    const isOn = filter !== undefined && toText(filtersOf(search)) === toText(query);
    const words = <><Text size="xs" c="dimmed" truncate>{t(`kpi.${name}`)}</Text><Text component="div" size="lg" fw={600} lh={1.3} className={classes.figure} data-wide={name === 'openCases' || undefined}>{figure}</Text></>;
    return filter === undefined
      ? <div key={name} className={classes.tile} title={hint}>{words}</div>
      : <UnstyledButton key={name} component={Link} to={pathname} search={(isOn ? {} : query) as never} className={classes.tile} data-on={isOn || undefined} aria-current={isOn ? 'true' : undefined} title={hint}>{words}</UnstyledButton>;
  };
  if (!data) return <div className={classes.strip}>{[1, 2, 3, 4].map(i => <div key={i} className={classes.tile}><Skeleton height={12} width="60%" mb={8} /><Skeleton height={20} width="40%" /></div>)}</div>;
  return (
    <section className={classes.strip} aria-label={t('kpi.title')}>
      {data.activeCustomers && tile('activeCustomers', whole(data.activeCustomers.count), t('kpi.activeCustomersWhy'), data.activeCustomers.filter)}
      {data.prospectsInPipeline && tile('prospects', whole(data.prospectsInPipeline.count), t('kpi.prospectsWhy'), data.prospectsInPipeline.filter)}
      {data.openCases && tile('openCases', <Sums {...data.openCases} />, t('kpi.openCasesWhy', { count: data.openCases.count, many: whole(data.openCases.count) }))}
      {tile('overLimit', whole(data.overLimit.count), t('kpi.overLimitWhy'), toText(toQuery(data.overLimit.filter)))}
    </section>
  );
}
