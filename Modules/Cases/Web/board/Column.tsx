import { useDroppable } from '@dnd-kit/core';
import { ActionIcon, Button, Skeleton, Text, Tooltip } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { IconChevronsLeft, IconChevronsRight } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuery, Schemas } from '@web/api/client';
import { useCursorPages } from '@web/list/useCursorPages';
import { Amount } from '@web/parts/Amount';
import { whole } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { type Case, listCases, type Status, summaryQuery, useStatuses, useToday } from '../cases';
import { statusColour } from '../Charts';
import classes from './Board.module.css';
import { Card } from './Card';
import { board, columnQuery } from './moves';

type Sum = Schemas['StatusSum'];
interface Props {
  status: Status;
  all: Status[];
  filter: ListQuery;
  sort: string;
  sum: Sum | undefined;
  isCollapsed: boolean;
  /** Undefined = it is always open. */
  onToggle: (() => void) | undefined;
  onMove: (c: Case, to: Status) => void;
  onStep: (c: Case, by: number) => void;
}

const cardsAtOnce = 20;

/** The cases of one status. Won and lost show this month's figures until they are opened. */
export function Column(props: Props) {
  const { status, all, sum, isCollapsed, onToggle } = props;
  const { t } = useTranslation('cases');
  const { name } = useStatuses();
  const id = useId();
  const { setNodeRef, isOver } = useDroppable({ id: status.key });
  const Chevron = isCollapsed ? IconChevronsRight : IconChevronsLeft;
  return (
    <section ref={setNodeRef} className={classes.column} data-column={status.key} data-over={isOver || undefined} data-collapsed={isCollapsed || undefined} aria-labelledby={id}>
      <header className={classes.head} style={{ borderTopColor: statusColour(status, all) }}>
        <div className={classes.title}>
          <Text component="h2" id={id} size="sm" fw={700} m={0} truncate>{name(status.key)}</Text>
          {!isCollapsed && <Text span size="sm" c="dimmed">{sum ? whole(sum.count) : ''}</Text>}
          {onToggle && <Tooltip label={t(isCollapsed ? 'board.open' : 'board.collapse')}><ActionIcon ml="auto" size={24} variant="subtle" color="gray" aria-expanded={!isCollapsed} aria-label={`${t(isCollapsed ? 'board.open' : 'board.collapse')}: ${name(status.key)}`} onClick={onToggle}><Chevron size={16} /></ActionIcon></Tooltip>}
        </div>
        {isCollapsed ? <Month {...props} /> : <Sums totals={sum?.totals} />}
      </header>
      {!isCollapsed && <Cards {...props} />}
    </section>
  );
}

function Sums({ totals }: { totals: Sum['totals'] | undefined }) {
  const { t } = useTranslation('cases');
  if (!totals) return <Skeleton height={32} />;
  return (
    <dl className={classes.sums}>
      {totals.map(total => [
        <div key={`${total.currency} value`}><dt>{t('column.value')}</dt><dd><Amount money={{ amount: total.value, currency: total.currency }} /></dd></div>,
        <div key={`${total.currency} weighted`}><dt>{t('board.weighted')}</dt><dd><Amount money={{ amount: total.weighted, currency: total.currency }} /></dd></div>,
      ])}
    </dl>
  );
}

/** What became won or lost this month. */
function Month({ status, filter, onToggle }: Props) {
  const { t } = useTranslation('cases');
  const today = useToday();
  const { data } = useQuery({ ...summaryQuery(useCompany(), { ...filter, status: status.key, 'statusChangedAt.gte': `${today?.slice(0, 7) ?? ''}-01` }), enabled: today !== undefined, placeholderData: keepPreviousData });
  return (
    <div className={classes.month}>
      <Text size="xs" c="dimmed">{t('board.thisMonth')}</Text>
      {!data ? <Skeleton height={40} /> : (
        <>
          <Text size="xl" fw={700} lh={1.2}>{whole(data.count)}</Text>
          {data.totals.map(total => <Text key={total.currency} size="sm"><Amount money={{ amount: total.value, currency: total.currency }} /></Text>)}
        </>
      )}
      <Button mt="xs" size="compact-xs" variant="default" onClick={onToggle}>{t('board.open')}</Button>
    </div>
  );
}

function Cards({ status, all, filter, sort, onMove, onStep }: Props) {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const { rows, isPending, error, retry, hasMore, isWaiting, onMore } = useCursorPages<Case>(board, columnQuery(filter, sort, status.key), cardsAtOnce, (query, signal) => listCases(company, query, signal));
  const [active, setActive] = useState<number | null>(null);
  const { ref, entry } = useIntersection();
  const isNear = entry?.isIntersecting ?? false;
  useEffect(() => { if (isNear && hasMore && !isWaiting) onMore(); }, [isNear, hasMore, isWaiting, onMore]);

  const first = rows.some(c => c.number === active) ? active : rows[0]?.number;
  const pressed = (event: KeyboardEvent) => {
    const to = next(event);
    if (!to) return;
    event.preventDefault();
    to.focus();
  };
  return (
    <ul className={classes.cards} onKeyDown={pressed} aria-busy={isPending}>
      {error && rows.length === 0 && <li><ProblemPanel error={error} retry={retry} /></li>}
      {isPending && [0, 1, 2].map(i => <li key={`waiting ${i}`}><Skeleton height={104} radius="md" /></li>)}
      {rows.map(c => <Card key={c.number} of={c} statuses={all} isEntry={c.number === first} onFocus={() => setActive(c.number)} onMove={to => onMove(c, to)} onStep={by => onStep(c, by)} />)}
      {!isPending && rows.length === 0 && !error && <li><Text size="sm" c="dimmed" ta="center" py="md">{t('board.none')}</Text></li>}
      {/* Not before there are cards: what is near is measured with them in place. */}
      {!isPending && <li ref={ref} aria-hidden className={classes.end} />}
    </ul>
  );
}

/** The card that an arrow key leads to: in the column, or at the same height in the next one. */
function next({ key, target, ctrlKey }: KeyboardEvent): HTMLElement | undefined {
  const card = (target as HTMLElement).closest<HTMLElement>('[data-card]');
  if (!card || card !== target || ctrlKey) return undefined;
  const cardsOf = (column: Element | undefined) => [...(column?.querySelectorAll<HTMLElement>('[data-card]') ?? [])];
  const column = card.closest('[data-column]')!;
  const at = cardsOf(column).indexOf(card);
  if (key === 'ArrowDown' || key === 'j') return cardsOf(column)[at + 1];
  if (key === 'ArrowUp' || key === 'k') return cardsOf(column)[at - 1];
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  const columns = [...(column.parentElement?.children ?? [])].filter(other => cardsOf(other).length > 0);
  const beside = cardsOf(columns[columns.indexOf(column) + (key === 'ArrowRight' ? 1 : -1)]);
  return beside[Math.min(at, beside.length - 1)];
}
