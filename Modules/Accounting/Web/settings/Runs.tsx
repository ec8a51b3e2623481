import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ago, duration, moment, whole } from '@web/parts/formats';
import type { Run } from '../accounting';

const shownFirst = 5;

/** How the last runs went. What was not counted is empty. */
export function Runs({ runs, name }: { runs: Run[]; name: string }) {
  const { t } = useTranslation('accounting');
  const [isAll, setAll] = useState(false);
  if (runs.length === 0) return null;
  const figures = ['calls', 'customers', 'invoices', 'balances', 'changed'] as const;
  const hasProblems = runs.some(run => run.problem !== null);
  return (
    <>
      <Table.ScrollContainer minWidth={640} mt="sm" scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing={4} fz="sm" aria-label={t('runs.of', { name })}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('runs.started')}</Table.Th><Table.Th>{t('runs.what')}</Table.Th><Table.Th ta="end">{t('runs.took')}</Table.Th>
              {figures.map(figure => <Table.Th key={figure} ta="end">{t(`runs.${figure}`)}</Table.Th>)}
              {hasProblems && <Table.Th>{t('runs.problem')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.slice(0, isAll ? runs.length : shownFirst).map(run => (
              <Table.Tr key={run.number}>
                <Table.Td title={ago(run.startedAt)}>{moment(run.startedAt)}</Table.Td>
                <Table.Td>{t(run.whole ? 'runs.whole' : 'runs.onlyChanged')}</Table.Td>
                <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>{run.endedAt && duration(run.startedAt, run.endedAt)}</Table.Td>
                {figures.map(figure => <Table.Td key={figure} ta="end">{run[figure] > 0 && whole(run[figure])}</Table.Td>)}
                {hasProblems && <Table.Td>{run.problem && t(`integrations:kind.${run.problem}`, { defaultValue: run.detail ?? '' })}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {runs.length > shownFirst && <Button mt={4} size="compact-xs" variant="subtle" aria-expanded={isAll} onClick={() => setAll(!isAll)}>{isAll ? t('runs.fewer') : t('runs.all', { count: runs.length })}</Button>}
    </>
  );
}
