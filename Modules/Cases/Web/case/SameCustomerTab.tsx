import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '@web/parts/Amount';
import { useCompany } from '@web/session/session';
import { type Case, listCases } from '../cases';
import { CaseDay } from '../Clock';
import { StatusBadge } from '../StatusBadge';
import { useCaseEditing } from './context';
import { RelatedTable } from './RelatedTable';

/** The customer's other cases: has it had quotes before, and what became of them (R101, R102, R104)? */
export function SameCustomerTab() {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const { c } = useCaseEditing();
  return (
    <RelatedTable<Case> name="cases" label={t('tab.same', { count: c.related?.cases ?? 0 })} query={{ partner: `${c.partner.number}`, sort: '-createdAt' }} read={(query, signal) => listCases(company, query, signal)} isShown={other => other.number !== c.number}
      heads={['number', 'title', 'status', 'value', 'followUp', 'expectedClose'].map(head => t(`column.${head}`))}
      cells={other => [
        other.number, <Anchor key="title" component={Link} to={`/${company}/cases/${other.number}`} size="sm">{other.title}</Anchor>, <StatusBadge key="status" status={other.status} />, <Amount key="value" money={other.value} />,
        <CaseDay key="followUp" of={other} field="followUp" />, <CaseDay key="close" of={other} field="expectedClose" />,
      ]}
      lock={other => (other.closed || other.convertedAt ? t('closed') : null)} openWords={t('related.open')} />
  );
}
