import { Badge, Button, Group, Progress, Text, Title } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ColumnDef } from '@tanstack/react-table';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { Grid } from '@web/list/Grid';
import { useListPages, useListSearch } from '@web/list/search';
import type { Operation } from '@web/operations/follow';
import { useUndoKey } from '@web/operations/undo';
import { moment, whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany, useIsAdmin } from '@web/session/session';
import { Buttons } from './Buttons';
import { colourOf, isOpen, useOperationWords } from './operations';
import classes from './Operations.module.css';

const Details = lazy(() => import('./Details'));

/** /{company}/operations: everybody's bulk changes and imports, with the way back. */
export default function OperationsPage() {
  const { t } = useTranslation('operations');
  const company = useCompany();
  const isAdmin = useIsAdmin();
  const { search, change } = useListSearch();
  const words = useOperationWords();
  const [opened, setOpened] = useState<number | null>(null);
  const { rows, count, countIsExact, isPending, error, retry, paging } = useListPages<Operation>('operations', search, (asked, signal) => answer(api.GET('/api/v1/{company}/operations', { params: { path: { company }, query: asked as object }, signal })));
  useUndoKey();
  const columns = useMemo(() => {
    const column = (id: string, width: string, cell: (operation: Operation) => ReactNode, more: { sort?: string; end?: boolean } = {}): ColumnDef<Operation> => ({ id, cell: ({ row }) => cell(row.original), meta: { head: t(`column.${id}`), width, ...more } });
    return [
      column('number', '5rem', o => o.number, { sort: 'number' }),
      column('action', 'minmax(11rem, 2fr)', o => words.action(o), { sort: 'action' }),
      column('by', 'minmax(8rem, 1fr)', o => words.by(o)),
      column('createdAt', '9.5rem', o => moment(o.createdAt)),
      column('state', '9rem', o => <State operation={o} />, { sort: 'state' }),
      column('changed', '7rem', o => whole(o.changed), { end: true }),
      column('skipped', '8rem', o => o.skippedCount > 0 && whole(o.skippedCount), { end: true }),
      column('turn', '12rem', o => <Buttons operation={o} />),
    ];
  }, [t, words.action, words.by]);

  const compact = (o: Operation) => (
    <>
      <Group justify="space-between" wrap="nowrap" gap={8}><Text size="sm" fw={600} truncate>{words.action(o)}</Text><State operation={o} /></Group>
      <Group justify="space-between" wrap="nowrap" gap={8}><Text size="xs" c="dimmed" truncate>{words.by(o)} · {moment(o.createdAt)}</Text><Text size="xs">{whole(o.changed)}</Text></Group>
    </>
  );
  return (
    <section className={classes.page} aria-labelledby="list-title">
      <Group className={classes.top} gap="sm">
        <Title order={1} size="h4" id="list-title">{t('title')}</Title>
        <Text size="sm" c="dimmed" role="status" aria-live="polite">{isPending ? '' : t('count', { count, many: `${whole(count)}${countIsExact ? '' : '+'}` })}</Text>
        {isAdmin && <Button ml="auto" size="compact-sm" variant="default" component={Link} to={`/${company}/import`} leftSection={<IconFileImport size={16} />}>{t('import')}</Button>}
      </Group>
      {error && <ProblemPanel error={error} retry={retry} />}
      <div className={classes.list}>
        {!error && !isPending && !paging.isWaiting && rows.length === 0
          ? <Text c="dimmed" p="xl" ta="center">{t('none')}</Text>
          : !(error && rows.length === 0) && (
            <Grid label={t('title')} columns={columns} rows={rows} numberOf={o => o.number} nameOf={o => words.action(o)} compact={compact} total={countIsExact ? count : null} sort={search['sort'] ?? '-number'} onSort={sort => change({ sort })}
              onOpen={o => setOpened(o.number)} onPeek={o => setOpened(o.number)} {...paging} />
          )}
      </div>
      <Suspense>{opened !== null && <Details number={opened} onClose={() => setOpened(null)} />}</Suspense>
    </section>
  );
}

/** Where it is, in words; with a bar while it goes on. */
function State({ operation }: { operation: Operation }) {
  const { t } = useTranslation('operations');
  const { done, total } = operation.progress;
  if (isOpen(operation)) return <Progress value={total ? (100 * done) / total : 0} aria-label={t(`state.${operation.state}`)} w={90} />;
  return <Badge variant="light" radius="sm" tt="none" color={colourOf(operation)}>{t(`state.${operation.state}`)}</Badge>;
}
