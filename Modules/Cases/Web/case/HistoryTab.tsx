import { Skeleton, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { moment } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { Older, useTimeline } from '@web/parts/timeline';
import { useStatusChange } from './ActivityTab';
import { useCaseEditing } from './context';

/** How the case came to where it is: which status from which, when and by whom. */
export function HistoryTab() {
  const { t } = useTranslation('cases');
  const { c } = useCaseEditing();
  const statusChange = useStatusChange();
  const { entries, isPending, error, retry, older } = useTimeline('cases', c.number);
  if (error && entries.length === 0) return <ProblemPanel error={error} retry={retry} />;
  if (isPending) return <Skeleton height={120} />;
  return (
    <>
      <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="region" aria-label={t('tab.history')}>
        <Table aria-label={t('tab.history')}>
          <Table.Thead><Table.Tr><Table.Th>{t('history.when')}</Table.Th><Table.Th>{t('history.who')}</Table.Th><Table.Th>{t('history.from')}</Table.Th><Table.Th>{t('history.to')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {entries.flatMap(entry => {
              const change = statusChange(entry);
              return change ? [<Table.Tr key={entry.seq}><Table.Td>{moment(entry.at)}</Table.Td><Table.Td>{entry.by?.name ?? t('history.program')}</Table.Td><Table.Td>{change.from}</Table.Td><Table.Td>{change.to}</Table.Td></Table.Tr>] : [];
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {error && <ProblemPanel error={error} retry={retry} />}
      <Older of={older} />
    </>
  );
}
