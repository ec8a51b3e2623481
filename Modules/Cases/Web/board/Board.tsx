import { DndContext, type DragEndEvent, DragOverlay, MouseSensor, TouchSensor, useSensor, useSensors } from '@dnd-kit/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '@web/api/client';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useMayWrite } from '@web/session/session';
import { useCaseActions } from '../actions';
import { type Case, caseQuery, type Status, type Summary } from '../cases';
import type { Reason } from '../LostDialog';
import classes from './Board.module.css';
import { Column } from './Column';
import { Ghost } from './Ghost';
import { isFixed, type useMoves } from './moves';

const LostDialog = lazy(() => import('../LostDialog'));
const ConvertDialog = lazy(() => import('../ConvertDialog'));

interface Losing { c: Case; to: Status }

interface Props { columns: Status[]; filter: ListQuery; sort: string; summary: Summary | undefined; isPicked: boolean; move: ReturnType<typeof useMoves>['move'] }

/** The cases by status, to be dragged, moved by keys or by each card's menu. */
export function Board({ columns, filter, sort, summary, isPicked, move }: Props) {
  const { t } = useTranslation('cases');
  const mayWrite = useMayWrite();
  const { run: act } = useCaseActions();
  const company = useCompany();
  const queries = useQueryClient();
  const [opened, setOpened] = useLocalStorage<string[]>({ key: 'crm-board-open', defaultValue: [], getInitialValueInEffect: false });
  const [dragged, setDragged] = useState<Case | null>(null);
  const [losing, setLosing] = useState<Losing | null>(null);
  const [won, setWon] = useState<Case | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const element = useRef<HTMLDivElement>(null);
  const sensors = useSensors(useSensor(MouseSensor, { activationConstraint: { distance: 6 } }), useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }));
  const isCollapsed = (status: Status) => status.kind !== 'open' && !isPicked && !opened.includes(status.key);

  const around = { text: t('board.around') };
  const aside = mayWrite && { text: t('board.step') };
  useKeys({ j: around, k: around, ArrowDown: around, ArrowUp: around, ArrowLeft: around, ArrowRight: around, Enter: { text: t('web:help.open') }, m: mayWrite && { text: t('board.moveTo') }, 'mod+shift+ArrowLeft': aside, 'mod+shift+ArrowRight': aside });

  // A card that was moved by keys is another element then: who moved it goes on from there.
  useEffect(() => {
    if (focused !== null && document.activeElement === document.body) element.current?.querySelector<HTMLElement>(`[data-card="${focused}"]`)?.focus();
  });

  const run = async (c: Case, to: Status, reason: Reason | null, andClose = false) => {
    const saved = await move(c, to, reason);
    if (!saved) return false;
    setLosing(null);
    if (andClose) await act(saved, 'close');
    if (saved.status.kind === 'won' && !isFixed(saved)) setWon(saved);
    return true;
  };
  const lose = async ({ c, to }: Losing, reason: Reason | null, andClose: boolean) => {
    if (await run(c, to, reason, andClose)) return true;
    // Who tries again has been told that somebody changed it.
    setLosing({ c: queries.getQueryData(caseQuery(company, c.number).queryKey) ?? c, to });
    return false;
  };
  const wish = (c: Case, to: Status | undefined) => {
    if (!to || to.key === c.status.key || isFixed(c) || !mayWrite) return;
    if (to.kind === 'lost') setLosing({ c, to }); else void run(c, to, null);
  };
  const dropped = ({ over }: DragEndEvent) => {
    if (dragged) wish(dragged, columns.find(status => status.key === over?.id));
    setDragged(null);
  };
  const step = (c: Case, by: number) => {
    setFocused(c.number);
    wish(c, columns[columns.findIndex(status => status.key === c.status.key) + by]);
  };

  return (
    <DndContext sensors={sensors} onDragStart={({ active }) => setDragged(active.data.current as Case)} onDragEnd={dropped} onDragCancel={() => setDragged(null)}
      // The board tells what happens in its own words.
      accessibility={{ announcements: { onDragStart: () => undefined, onDragOver: () => undefined, onDragEnd: () => undefined, onDragCancel: () => undefined }, screenReaderInstructions: { draggable: '' } }}>
      <div className={classes.board} ref={element}
        // Its menu, which closes, is the card still.
        onBlur={event => { if (event.relatedTarget && !event.relatedTarget.closest(`[data-card="${focused}"]`)) setFocused(null); }}>
        {columns.map(status => (
          <Column key={status.key} status={status} all={columns} filter={filter} sort={sort} sum={summary?.byStatus.find(s => s.key === status.key)} isCollapsed={isCollapsed(status)}
            onToggle={status.kind === 'open' || isPicked ? undefined : () => setOpened(opened.includes(status.key) ? opened.filter(key => key !== status.key) : [...opened, status.key])} onMove={(c, to) => { setFocused(c.number); wish(c, to); }} onStep={step} />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>{dragged && <Ghost of={dragged} columns={columns} />}</DragOverlay>
      <Suspense>
        {losing && <LostDialog title={losing.c.title} onCancel={() => setLosing(null)} onLose={(reason, andClose) => lose(losing, reason, andClose)} />}
        {won && <ConvertDialog of={won} isOffered onClose={() => setWon(null)} />}
      </Suspense>
    </DndContext>
  );
}
