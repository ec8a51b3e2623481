import { SegmentedControl } from '@mantine/core';
import { IconCircleCheck, IconUsers } from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '@web/api/client';
import { Grid } from '@web/list/Grid';
import { ListBody, ListFrame, NoRows } from '@web/list/ListFrame';
import { filtersOf, useListPages, useListSearch } from '@web/list/search';
import { whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useSystemName } from '@web/parts/systems';
import { useCompany } from '@web/session/session';
import { type Customer, listCustomers, reviews } from '../accounting';
import { CompactCustomer, customerColumns, stateOf } from './columns';

const Filters = lazy(() => import('./Filters'));
const Decide = lazy(() => import('./Decide'));

/** /{company}/accounting/customers: those of the accounting systems that wait until somebody says which partner they are; and …/all: every one. */
export default function CustomersPage() {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  const go = useNavigate();
  const isReview = !useLocation().pathname.endsWith('/all');
  const { search, change } = useListSearch();
  const read = useCallback((asked: ListQuery, signal: AbortSignal) => listCustomers(company, isReview && !asked['review'] ? { ...asked, review: reviews.join(',') } : asked, signal), [company, isReview]);
  const { rows, count, countIsExact, isPending, error, retry, paging } = useListPages<Customer>(isReview ? 'accounting-customers' : 'accounting-customers-all', search, read);
  const nameOf = useSystemName();
  const isMixed = new Set(rows.filter(Boolean).map(c => c.plugin)).size > 1;
  const columns = useMemo(() => customerColumns(t, company, isReview, isMixed ? nameOf : null), [t, company, isReview, isMixed, nameOf]);
  const [opened, setOpened] = useState<number | null>(null);
  const shown = rows.find(c => c?.number === opened);
  const title = t(isReview ? 'customers.title' : 'customers.all');
  const isFiltered = Object.keys(filtersOf(search)).length > 0;
  return (
    <ListFrame name="accounting-customers" title={title} status={isPending ? t('loading') : t('customers.count', { count, many: `${whole(count)}${countIsExact ? '' : '+'}` })} filters={<Filters />}
      tools={<SegmentedControl size="xs" aria-label={t('customers.which')} value={isReview ? 'review' : 'all'} data={[{ value: 'review', label: t('customers.tabReview') }, { value: 'all', label: t('customers.tabAll') }]} onChange={value => void go({ to: `/${company}/accounting/customers${value === 'all' ? '/all' : ''}` })} />}>
      {error && <ProblemPanel error={error} retry={retry} />}
      <ListBody>
        {error && rows.length === 0 ? null : !isPending && rows.length === 0
          ? <NoRows icon={isReview ? <IconCircleCheck size={32} stroke={1.4} aria-hidden /> : <IconUsers size={32} stroke={1.4} aria-hidden />} text={t(isFiltered ? 'customers.noneFiltered' : isReview ? 'customers.noneToDecide' : 'customers.none')} />
          : <Grid label={title} columns={columns} rows={rows} numberOf={c => c.number} nameOf={c => c.name ?? ''} compact={c => <CompactCustomer customer={c} state={stateOf(t, c)} />} total={countIsExact ? count : null}
            sort={search['sort'] ?? 'name'} onSort={sort => change({ sort })} onOpen={c => setOpened(c.number)} onPeek={c => setOpened(c.number)} {...paging} />}
      </ListBody>
      <Suspense>{shown && <Decide key={shown.number} customer={shown} onClose={() => setOpened(null)} />}</Suspense>
    </ListFrame>
  );
}
