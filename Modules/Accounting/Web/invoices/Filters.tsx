import { useTranslation } from 'react-i18next';
import { DayRangeFilter, FigureRangeFilter, FilterPane, OneFilter, PartnerFilter, PickFilter, TextFilter } from '@web/list/filters';
import { useListSearch } from '@web/list/search';
import { todayHere } from '@web/parts/InvoiceState';
import { invoiceStates } from '../accounting';

export default function Filters() {
  const { t } = useTranslation('accounting');
  const { search, change } = useListSearch();
  const today = todayHere();
  const isOverdue = search['state'] === 'open' && search['dueDate.lt'] === today;
  return (
    <FilterPane>
      <TextFilter field="invoiceNumber" label={t('invoices.invoiceNumber')} />
      <PartnerFilter label={t('invoices.partner')} />
      <PickFilter field="state" label={t('invoices.state')} data={invoiceStates.map(state => ({ value: state, label: t(`web:invoice.${state}`) }))} />
      <OneFilter label={t('invoices.due')} value={isOverdue ? 'overdue' : null} data={[{ value: 'overdue', label: t('web:invoice.overdue') }]} onChange={value => change(value ? { 'state': 'open', 'dueDate.lt': today } : { 'state': '', 'dueDate.lt': '' })} />
      <DayRangeFilter field="date" label={t('invoices.date')} />
      <DayRangeFilter field="dueDate" label={t('invoices.dueDate')} />
      <FigureRangeFilter field="gross" label={t('invoices.gross')} />
    </FilterPane>
  );
}
