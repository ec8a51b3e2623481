import { Skeleton, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { moment } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { timelineQuery } from '../cases';
import { useStatusChange } from './ActivityTab';
import { useCaseEditing } from './context';

/** How the case came to where it is: which status from which, when and by whom. */
export function HistoryTab() {
  const { t } = useTranslation('cases');
  const { c } = useCaseEditing();
  const statusChange = useStatusChange();
  const { data, error, refetch } = useQuery(timelineQuery(useCompany(), c.number));
  if (error && !data) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton height={120} />;
  return (
    <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="region" aria-label={t('tab.history')}>
      <Table aria-label={t('tab.history')}>
        <Table.Thead><Table.Tr><Table.Th>{t('history.when')}</Table.Th><Table.Th>{t('history.who')}</Table.Th><Table.Th>{t('history.from')}</Table.Th><Table.Th>{t('history.to')}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {data.items.flatMap(entry => {
            const change = statusChange(entry);
            return change ? [<Table.Tr key={entry.seq}><Table.Td>{moment(entry.at)}</Table.Td><Table.Td>{entry.by?.name ?? t('history.program')}</Table.Td><Table.Td>{change.from}</Table.Td><Table.Td>{change.to}</Table.Td></Table.Tr>] : [];
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
