import { ActionIcon, Alert, Anchor, Badge, Button, Group, Menu, Stack, Text, TextInput, Title, Tooltip } from '@mantine/core';
import { IconArrowRight, IconDots, IconLock, IconLockOpen, IconPencil, IconShoppingCartPlus, IconTrash, IconTrophy, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '@web/parts/ProblemText';
import { useKeys } from '@web/parts/useKeys';
import { useCompany, useMayWrite } from '@web/session/session';
import { useCaseActions } from '../actions';
import { type Case, useStatuses } from '../cases';
import { Clock } from '../Clock';
import type { Reason } from '../LostDialog';
import { useCaseEditing, useMember } from './context';
import { CreditBadge } from './CreditBadge';
import { Stepper } from './Stepper';

const LostDialog = lazy(() => import('../LostDialog'));
const DeleteDialog = lazy(() => import('./DeleteDialog'));
const ConvertDialog = lazy(() => import('../ConvertDialog'));

/** What the case is, whose it is, how far it is, and what can be done with it. */
export function Head() {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const mayWrite = useMayWrite();
  const statuses = useStatuses();
  const { c, saving, isLocked } = useCaseEditing();
  const { run, isRunning } = useCaseActions();
  const queries = useQueryClient();
  // With the case as it was shown when it was asked.
  const [asked, setAsked] = useState<{ what: 'lost' | 'delete' | 'convert'; seen: Case } | null>(null);
  const ask = (what: 'lost' | 'delete' | 'convert') => setAsked({ what, seen: c });
  const askWhy = () => { saving.forget(); ask('lost'); };
  const done = () => setAsked(null);
  const head = useRef<HTMLDivElement>(null);
  useKeys({ s: !isLocked && { text: t('web:help.change', { name: t('column.status') }), run: () => head.current?.querySelector<HTMLElement>('[aria-current="step"]')?.focus() } });
  const isConverted = c.convertedAt !== null;
  const { kind } = c.status;

  const setStatus = (key: string) => {
    if (key === c.status.key) return;
    if (statuses.of(key)?.kind === 'lost') askWhy(); else void saving.save({ status: key, ...(kind === 'lost' ? { lostReason: null } : {}) }, c);
  };
  const lose = async (seen: Case, reason: Reason | null, andClose: boolean) => {
    if (!await saving.save({ status: 'lost', ...(reason ? { lostReason: { ...reason } } : {}) }, seen, true)) return false;
    done();
    // Who takes a colleague's status instead has not lost it.
    if (andClose && queries.getQueryData<Case>(saving.thing.key)?.status.kind === 'lost') await run(c, 'close');
    return true;
  };

  return (
    <Stack gap="sm" ref={head}>
      <Group gap="sm" align="start">
        <Stack gap={2} style={{ flex: '1 1 22rem' }} miw={0}>
          <CaseTitle />
          <Group gap="xs">
            <Text size="sm" c="dimmed">{t('case.number', { number: c.number })}</Text>
            <Anchor component={Link} to={`/${company}/partners/${c.partner.number}`} size="sm">{c.partner.name ?? c.partner.number}</Anchor>
            <CreditBadge partner={c.partner.number} />
            {c.closed && !isConverted && <Badge variant="default" radius="sm" tt="none" leftSection={<IconLock size={12} />}>{t('closed')}</Badge>}
            {c.order !== null && <Button component={Link} to={`/${company}/orders/${c.order}`} size="compact-xs" variant="light" color="green" rightSection={<IconArrowRight size={12} />}>{t('case.order', { number: c.order })}</Button>}
            <Clock of={c} />
          </Group>
        </Stack>
        {mayWrite && (
          <Group gap="xs">
            {!isLocked && kind === 'open' && <Button size="compact-md" color="green" leftSection={<IconTrophy size={16} />} loading={saving.isSaving} onClick={() => setStatus('won')}>{statuses.name('won')}</Button>}
            {!isLocked && kind === 'open' && <Button size="compact-md" variant="default" leftSection={<IconX size={16} />} onClick={() => ask('lost')}>{statuses.name('lost')}</Button>}
            {!isLocked && kind === 'won' && <Button size="compact-md" color="green" leftSection={<IconShoppingCartPlus size={16} />} loading={saving.isSaving} onClick={() => ask('convert')}>{t('convert.do')}</Button>}
            {!isConverted && <Button size="compact-md" variant="default" loading={isRunning || saving.isSaving} leftSection={c.closed ? <IconLockOpen size={16} /> : <IconLock size={16} />} onClick={() => void run(c, c.closed ? 'reopen' : 'close')}>{t(c.closed ? 'bulk.reopen' : 'bulk.close')}</Button>}
            {!isConverted && (
              <Menu position="bottom-end">
                <Menu.Target><Tooltip label={t('more')}><ActionIcon size={30} variant="default" aria-label={t('more')}><IconDots size={16} /></ActionIcon></Tooltip></Menu.Target>
                <Menu.Dropdown>
                  {!isLocked && kind === 'open' && <Menu.Item leftSection={<IconShoppingCartPlus size={16} />} onClick={() => ask('convert')}>{t('convert.wonAndDo')}</Menu.Item>}
                  <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => ask('delete')}>{t('bulk.delete')}</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </Group>
        )}
      </Group>
      <Stepper current={c.status} isLocked={isLocked} onChoose={setStatus} />
      {kind === 'lost' && !c.closed && mayWrite && (
        <Alert color="yellow" p="xs" icon={<IconLock />}><Group justify="space-between" gap="xs"><Text size="sm">{t('lost.shouldClose')}</Text><Button size="compact-xs" variant="default" onClick={() => void run(c, 'close')}>{t('bulk.close')}</Button></Group></Alert>
      )}
      {(c.closed || isConverted) && <Text size="sm" c="dimmed">{t(isConverted ? 'case.isOrder' : 'case.isClosed')}</Text>}
      <Suspense>
        {asked?.what === 'lost' && <LostDialog title={c.title} onLose={(reason, andClose) => lose(asked.seen, reason, andClose)} {...(saving.error ? { error: problemText(saving.error, t) } : {})} onCancel={done} />}
        {asked?.what === 'delete' && <DeleteDialog onClose={done} onLost={() => (kind === 'lost' ? void run(c, 'close').then(done) : askWhy())} />}
        {asked?.what === 'convert' && <ConvertDialog of={c} onClose={done} />}
      </Suspense>
    </Stack>
  );
}

/** The title; by its pencil or F2 it can be changed where it stands. */
function CaseTitle() {
  const { t } = useTranslation('cases');
  const { c, isLocked } = useCaseEditing();
  const { saveFor, error } = useMember('/title');
  // With the case as it was shown when the typing began.
  const [edit, setEdit] = useState<{ text: string; seen: Case } | null>(null);
  const isUnderWay = useRef(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const open = () => setEdit({ text: c.title, seen: c });
  const key = !isLocked && { text: t('case.rename'), run: open };
  useKeys({ F2: key, e: key });
  useEffect(() => { if (wasOpen.current && edit === null) pencil.current?.focus(); wasOpen.current = edit !== null; }, [edit]);
  const title = edit?.text.trim() ?? '';
  const save = async () => {
    // The field is also left when Enter has opened a question.
    if (edit === null || title === '' || isUnderWay.current) return;
    isUnderWay.current = true;
    if (title === edit.seen.title || await saveFor(edit.seen, title)) setEdit(null);
    isUnderWay.current = false;
  };
  if (edit === null) {
    return (
      <Group gap={4} wrap="nowrap">
        <Title order={1} size="h3" style={{ overflowWrap: 'anywhere' }}>{c.title}</Title>
        {!isLocked && <Tooltip label={t('case.rename')}><ActionIcon ref={pencil} variant="subtle" color="gray" aria-label={t('case.rename')} onClick={open}><IconPencil size={17} /></ActionIcon></Tooltip>}
      </Group>
    );
  }
  return (
    <TextInput aria-label={t('column.title')} autoFocus maxLength={200} maw={560} value={edit.text} onChange={e => setEdit({ ...edit, text: e.currentTarget.value })} onBlur={() => void save()}
      error={title === '' ? t('refused.case.title.required') : error} onKeyDown={e => { if (e.key === 'Enter') void save(); if (e.key === 'Escape') setEdit(null); }} />
  );
}
