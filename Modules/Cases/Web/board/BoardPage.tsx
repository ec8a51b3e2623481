import { VisuallyHidden } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { filtersOf, useListSearch } from '@web/list/search';
import { whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { CasesFrame } from '../CasesFrame';
import { summaryQuery, useStatuses } from '../cases';
import { Board } from './Board';
import { useMoves } from './moves';

const usualSort = 'followUp';

/** /{company}/cases/board */
export default function BoardPage() {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const { search } = useListSearch();
  const { all } = useStatuses();
  const filter = useMemo(() => filtersOf(search), [search]);
  const sort = search['sort'] ?? usualSort;
  const { data: summary, error, refetch } = useQuery({ ...summaryQuery(company, filter), placeholderData: keepPreviousData });
  const { told, move } = useMoves(filter, sort);
  const picked = filter['status']?.split(',');
  // A disabled status stays on the board as long as it has cases.
  const columns = all.filter(s => (picked ? picked.includes(s.key) : !s.disabled || (summary?.byStatus.find(b => b.key === s.key)?.count ?? 0) > 0));
  return (
    <CasesFrame title={t('board.title')} usualSort={usualSort} count={summary ? t('list.count', { count: summary.count, many: whole(summary.count) }) : t('list.loading')}>
      {error && <ProblemPanel error={error} retry={() => void refetch()} />}
      <Board columns={columns} filter={filter} sort={sort} summary={summary} isPicked={picked !== undefined} move={move} />
      <VisuallyHidden role="status" aria-live="assertive">{told}</VisuallyHidden>
    </CasesFrame>
  );
}
