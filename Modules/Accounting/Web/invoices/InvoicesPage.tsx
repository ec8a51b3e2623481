import { IconFileInvoice } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Grid } from '@web/list/Grid';
import { ListBody, ListFrame, NoRows } from '@web/list/ListFrame';
import { filtersOf, useListPages, useListSearch } from '@web/list/search';
import { whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useSystemName } from '@web/parts/systems';
import { useCompany } from '@web/session/session';
import { type Invoice, listInvoices } from '../accounting';
import { CompactInvoice, invoiceColumns } from './columns';

const Filters = lazy(() => import('./Filters'));

/** /{company}/invoices: what the accounting systems have sent out. Only reading them changes it. */
export default function InvoicesPage() {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  const go = useNavigate();
  const { search, change } = useListSearch();
  const { rows, count, countIsExact, isPending, error, retry, paging } = useListPages<Invoice>('invoices', search, (asked, signal) => listInvoices(company, asked, signal));
  const nameOf = useSystemName();
  const held = rows.filter(Boolean);
  const isMixed = new Set(held.map(i => i.plugin)).size > 1;
  // Some systems' lists have amounts with VAT only.
  const hasNet = isPending || held.some(i => i.net !== null);
  const columns = useMemo(() => invoiceColumns(t, company, isMixed ? nameOf : null, hasNet), [t, company, isMixed, nameOf, hasNet]);
  return (
    <ListFrame name="invoices" title={t('invoices.title')} status={isPending ? t('loading') : t('invoices.count', { count, many: `${whole(count)}${countIsExact ? '' : '+'}` })} filters={<Filters />}>
      {error && <ProblemPanel error={error} retry={retry} />}
      <ListBody>
        {error && rows.length === 0 ? null : !isPending && rows.length === 0
          ? <NoRows icon={<IconFileInvoice size={32} stroke={1.4} aria-hidden />} text={t(Object.keys(filtersOf(search)).length > 0 ? 'invoices.noneFiltered' : 'invoices.none')} />
          : <Grid label={t('invoices.title')} columns={columns} rows={rows} numberOf={i => i.number} nameOf={i => i.invoiceNumber ?? ''} compact={i => <CompactInvoice invoice={i} />} total={countIsExact ? count : null}
            sort={search['sort'] ?? '-date'} onSort={sort => change({ sort })} onOpen={i => { if (i.partner !== null) void go({ to: `/${company}/partners/${i.partner}`, search: { tab: 'invoices' } as never }); }} {...paging} />}
      </ListBody>
    </ListFrame>
  );
}
