import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Lock, RelatedTable } from '@web/list/RelatedTable';
import { Amount } from '@web/parts/Amount';
import { useCompany } from '@web/session/session';
import { type Case, listCases } from '../cases';
import { CaseDay } from '../Clock';
import { StatusBadge } from '../StatusBadge';
import { useCaseEditing } from './context';

/** The customer's other cases: has it had quotes before, and what became of them (R101, R102, R104)? */
export function SameCustomerTab() {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const { c } = useCaseEditing();
  return (
    <RelatedTable<Case> name="cases" label={t('tab.same', { count: c.related?.cases ?? 0 })} query={{ partner: `${c.partner.number}`, sort: '-createdAt' }} read={(query, signal) => listCases(company, query, signal)} isShown={other => other.number !== c.number}
      columns={[
        { head: t('column.number'), cell: o => o.number },
        { head: t('column.title'), cell: o => <Anchor component={Link} to={`/${company}/cases/${o.number}`} size="sm">{o.title}</Anchor> },
        { head: t('column.status'), cell: o => <StatusBadge status={o.status} /> },
        { head: t('column.value'), cell: o => <Amount money={o.value} />, end: true },
        { head: t('column.followUp'), cell: o => <CaseDay of={o} field="followUp" /> },
        { head: t('column.expectedClose'), cell: o => <CaseDay of={o} field="expectedClose" /> },
        { head: t('related.lock'), cell: o => <Lock why={o.closed || o.convertedAt ? t('closed') : null} /> },
      ]} />
  );
}
