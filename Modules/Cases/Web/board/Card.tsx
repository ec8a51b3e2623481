import { useDraggable } from '@dnd-kit/core';
import { ActionIcon, Anchor, Avatar, Group, Menu, Text, Tooltip } from '@mantine/core';
import { IconArrowRight, IconCalendar, IconCheck, IconDots, IconLock } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@web/parts/Amount';
import { amount, day } from '@web/parts/formats';
import { letterKeys } from '@web/parts/useKeys';
import { useCompany, useMayWrite } from '@web/session/session';
import { type Case, dateFields, type Status, useStatuses, useToday } from '../cases';
import { Clock, useLate } from '../Clock';
import { daysBetween } from '../days';
import classes from './Board.module.css';
import { isFixed } from './moves';

interface Props {
  of: Case;
  statuses: Status[];
  /** The card that Tab leads to. */
  isEntry: boolean;
  onFocus: () => void;
  onMove: (to: Status) => void;
  /** To the column before or after. */
  onStep: (by: number) => void;
}

/** A case on the board. Whatever dragging does, its menu and its keys do too (WCAG 2.5.7). */
export function Card({ of: c, statuses, isEntry, onFocus, onMove, onStep }: Props) {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const go = useNavigate();
  const { name } = useStatuses();
  const late = useLate()(c);
  const isStill = !useMayWrite() || isFixed(c);
  const [isOpen, setOpen] = useState(false);
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: c.number, data: c, disabled: isStill });
  const to = `/${company}/cases/${c.number}`;
  const tab = isEntry ? 0 : -1;

  const pressed = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const isStep = event.ctrlKey && event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight');
    if (event.key === 'Enter') void go({ to });
    else if (!isStill && isStep) onStep(event.key === 'ArrowRight' ? 1 : -1);
    else if (!isStill && event.key.toLowerCase() === 'm' && letterKeys.areOn() && !event.ctrlKey && !event.metaKey && !event.altKey) setOpen(true);
    else return;
    event.preventDefault();
  };
  return (
    <li>
      <article ref={setNodeRef} {...listeners} className={classes.card} data-card={c.number} data-dragging={isDragging || undefined} data-still={isStill || undefined} tabIndex={tab} onFocus={onFocus} onKeyDown={pressed}
        aria-label={[c.title, c.partner.name, c.value && `${amount(c.value.amount)} ${c.value.currency}`, late].filter(Boolean).join(', ')} aria-keyshortcuts={isStill ? undefined : 'M Control+Shift+ArrowLeft Control+Shift+ArrowRight'}>
        <Group gap={4} wrap="nowrap" justify="space-between">
          <Text size="xs" c="dimmed" truncate>{c.partner.name}</Text>
          {isStill
            ? (c.closed || c.convertedAt) && <Tooltip label={t('closed')}><IconLock size={14} role="img" aria-label={t('closed')} /></Tooltip>
            : (
              <Menu opened={isOpen} onChange={setOpen} position="bottom-end" withinPortal>
                <Menu.Target><ActionIcon size={24} variant="subtle" color="gray" tabIndex={tab} aria-label={t('board.move', { title: c.title })}><IconDots size={16} /></ActionIcon></Menu.Target>
                <Menu.Dropdown onKeyDown={event => event.stopPropagation()}>
                  <Menu.Label>{t('board.moveTo')}</Menu.Label>
                  {statuses.map(status => (
                    <Menu.Item key={status.key} disabled={status.key === c.status.key} rightSection={status.key === c.status.key ? <IconCheck size={14} /> : <Text size="xs" c="dimmed">{status.probability} %</Text>} onClick={() => onMove(status)}>{name(status.key)}</Menu.Item>
                  ))}
                  <Menu.Divider />
                  <Menu.Item leftSection={<IconArrowRight size={14} />} onClick={() => void go({ to })}>{t('board.openCase')}</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
        </Group>
        <CardBody of={c} title={<Anchor component={Link} to={to} tabIndex={-1} draggable={false} size="sm" fw={600} c="var(--mantine-color-text)" className={classes.name}>{c.title}</Anchor>} />
      </article>
    </li>
  );
}

/** What the card and its ghost show. */
export function CardBody({ of: c, title }: { of: Case; title: ReactNode }) {
  const { t } = useTranslation('cases');
  const today = useToday();
  const lateField = dateFields.find(field => c.overdue[field]);
  const since = c.statusChangedAt.slice(0, 10);
  const days = today ? Math.max(daysBetween(since, today), 0) : 0;
  const nextDay = dateFields.find(field => c[field]);
  return (
    <>
      {title}
      <Text size="sm" component="div"><Amount money={c.value} /></Text>
      {lateField && today && (
        <Group gap={4} wrap="nowrap" mt={2}><Clock of={c} size={16} /><Text size="xs" c="var(--mantine-color-error)" fw={600} lh={1.25} aria-hidden>{t('board.late', { date: day(c[lateField]), count: daysBetween(c[lateField]!, today) })}</Text></Group>
      )}
      <Group gap={6} wrap="nowrap" mt={2} mih={24}>
        {!lateField && nextDay && <Tooltip label={t(`column.${nextDay}`)}><Text size="xs" c="dimmed" span><IconCalendar size={13} aria-label={t(`column.${nextDay}`)} role="img" style={{ verticalAlign: '-2px' }} /> {day(c[nextDay])}</Text></Tooltip>}
        <Group gap={6} wrap="nowrap" ml="auto">
          <Tooltip label={t('board.since', { day: day(since) })}><Text span size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>{t('board.days', { count: days })}</Text></Tooltip>
          {c.owner && <Tooltip label={c.owner.name}><Avatar size={24} radius="xl" role="img" aria-label={c.owner.name} name={c.owner.name} color="blue" /></Tooltip>}
        </Group>
      </Group>
    </>
  );
}
