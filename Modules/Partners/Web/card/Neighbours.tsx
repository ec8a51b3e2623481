import { ActionIcon, Anchor, Group, Text, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link, useNavigate, useRouter } from '@tanstack/react-router';
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepRow } from '@web/list/pages';
import { type LastList, lastList, placeInHistory, usePagesOf } from '@web/list/search';
import { whole } from '@web/parts/formats';
import { useKeys } from '@web/parts/useKeys';
import { useCompany } from '@web/session/session';
import { listOverview, listPartners, type Partner } from '../partners';

/** Back to the list that the card was opened from, and along it. */
export function Neighbours({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const [list] = useState(lastList);
  if (list?.company === company && (list.name === 'overview' || list.name === 'partners')) return <Along list={list} number={number} />;
  return <Anchor component={Link} to={`/${company}/crm`} size="sm"><Group gap={4} component="span"><IconArrowLeft size={15} aria-hidden />{t('overview.title')}</Group></Anchor>;
}

function Along({ list, number }: { list: LastList; number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const go = useNavigate();
  const router = useRouter();
  const { rows, count, countIsExact, paging } = usePagesOf<Partner>(list.name, list.search, (asked, signal) => (list.name === 'overview' ? listOverview : listPartners)(company, asked, signal), list.row);
  const found = rows.findIndex(row => (row as Partner | undefined)?.number === number);
  // What leaves the list by a change on its card keeps its place until one goes on.
  const [last, setLast] = useState(found);
  useEffect(() => { if (found >= 0) setLast(found); }, [found]);
  const isGone = found < 0 && last >= 0;
  const [before, after] = isGone ? [rows[last - 1], rows[last]] : found < 0 ? [] : [rows[found - 1], rows[found + 1]];
  const { onSeen } = paging;
  useEffect(() => { if (found >= 0) { keepRow(found); onSeen(found - 1, found + 1); } }, [found, onSeen]);

  const open = (partner: Partner | undefined) => { if (partner) void go({ to: `/${company}/partners/${partner.number}`, search: (now: object) => now, replace: true } as never); };
  useKeys({ 'mod+ArrowLeft': before && { text: t('web:help.previous'), run: () => open(before) }, 'mod+ArrowRight': after && { text: t('web:help.next'), run: () => open(after) } });
  // As the browser's own button, so that the list is where it was scrolled to.
  const back = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || placeInHistory() !== list.place + 1) return;
    event.preventDefault();
    router.history.back();
  };
  const title = t(list.name === 'overview' ? 'overview.title' : 'find.title');
  return (
    <>
      <Anchor component={Link} to={list.path} search={list.search as never} size="sm" onClick={back}><Group gap={4} component="span" wrap="nowrap"><IconArrowLeft size={15} aria-hidden />{title}</Group></Anchor>
      <Group gap={4} ml="auto" wrap="nowrap">
        <Text size="xs" c="dimmed">{found >= 0 && t('neighbours.place', { place: whole(found + 1), many: `${whole(count)}${countIsExact ? '' : '+'}` })}</Text>
        <Step partner={before} label={t('neighbours.previous')} icon={<IconChevronLeft size={18} />} onOpen={open} />
        <Step partner={after} label={t('neighbours.next')} icon={<IconChevronRight size={18} />} onOpen={open} />
      </Group>
    </>
  );
}

function Step({ partner, label, icon, onOpen }: { partner: Partner | undefined; label: string; icon: ReactNode; onOpen: (partner: Partner | undefined) => void }) {
  return <Tooltip label={partner ? `${label}: ${partner.name}` : label}><ActionIcon variant="default" size={28} aria-label={label} disabled={!partner} onClick={() => onOpen(partner)}>{icon}</ActionIcon></Tooltip>;
}
