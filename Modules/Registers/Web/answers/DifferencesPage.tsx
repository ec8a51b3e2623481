import { Alert, Button, Group, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { type RefObject, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { useCursorPages } from '@web/list/useCursorPages';
import { useUndoKey } from '@web/operations/undo';
import { day } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { nameOf, useRegisters } from '../registers';
import { AnswerCard } from './AnswerCard';
import { answersName, type RegisterAnswer } from './answers';
import { useNextFocus } from './useNextFocus';

const atOnce = 25;

/** /{company}/registers/differences: where the registers say something else than we do. Nothing changes before somebody decides. */
export default function DifferencesPage() {
  const { t } = useTranslation('registers');
  const page = useRef<HTMLElement>(null);
  useUndoKey();
  return (
    <section ref={page} aria-labelledby="list-title" style={{ padding: '0.75rem 1rem 2rem', maxWidth: '70rem' }}>
      <Title order={1} size="h4" id="list-title" tabIndex={-1} mb={4}>{t('differences.title')}</Title>
      <Text size="sm" c="dimmed" mb="md" maw="46rem">{t('differences.what')}</Text>
      <Suspense fallback={<Waiting />}><Answers page={page} /></Suspense>
    </section>
  );
}

const Waiting = () => <Stack gap="sm"><Skeleton height={150} /><Skeleton height={110} /><Skeleton height={150} /></Stack>;

function Answers({ page }: { page: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation('registers');
  const company = useCompany();
  const registers = useRegisters();
  const nextFocus = useNextFocus(page);
  const [told, tell] = useState('');
  const { rows, isPending, error, retry, hasMore, isWaiting, onMore } = useCursorPages<RegisterAnswer>(answersName, {}, atOnce, (query, signal) =>
    answer(api.GET('/api/v1/{company}/registers/differences', { params: { path: { company }, query: query as object }, signal })));
  const failed = registers.filter(register => register.night?.problem);
  // The row goes away with its decision, and with it the button that was pressed.
  const decided = (toFocus: () => void) => (what: string) => { tell(what); requestAnimationFrame(() => requestAnimationFrame(toFocus)); };
  const focus = useRef<() => void>(() => undefined);

  return (
    <Stack gap="sm" onClickCapture={() => { focus.current = nextFocus(); }}>
      <VisuallyHidden role="status" aria-live="polite">{told}</VisuallyHidden>
      {failed.map(register => (
        <Alert key={register.plugin} color="yellow" p="xs" icon={<IconAlertTriangle />} title={t('night.failed', { register: nameOf(register), day: day(register.night!.day) })}>{register.night!.problem}</Alert>
      ))}
      {error && <ProblemPanel error={error} retry={retry} />}
      {isPending && <Waiting />}
      {!isPending && !error && rows.length === 0 && (
        <Stack align="center" gap={6} py={60} px="md">
          <IconCircleCheck size={36} color="var(--mantine-color-dimmed)" aria-hidden />
          <Text fw={600} ta="center">{t('differences.none')}</Text>
          <Text size="sm" c="dimmed" ta="center" maw="34rem">{t(registers.length === 0 ? 'differences.noRegister' : 'differences.noneWhy')}</Text>
        </Stack>
      )}
      {rows.map(row => <AnswerCard key={row.partner} answer={row} registers={registers} onDecided={decided(() => focus.current())} />)}
      {hasMore && <Group><Button size="compact-sm" variant="default" loading={isWaiting} onClick={onMore}>{t('web:related.more')}</Button></Group>}
    </Stack>
  );
}
