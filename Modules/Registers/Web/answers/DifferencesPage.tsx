import { Alert, Anchor, Button, Group, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { type ReactNode, type RefObject, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { useCursorPages } from '@web/list/useCursorPages';
import { useUndoKey } from '@web/operations/undo';
import { day } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { nameOf, useRegisters } from '../registers';
import { AnswerCard } from './AnswerCard';
import { answerQuery, answersName, type RegisterAnswer } from './answers';
import { useNextFocus } from './useNextFocus';

const atOnce = 25;

/** /{company}/registers/differences: where the registers say something else than we do, with ?partner=1042 of that one. Nothing changes before somebody decides. */
export default function DifferencesPage() {
  const { t } = useTranslation('registers');
  const page = useRef<HTMLElement>(null);
  const partner = Number((useSearch({ strict: false }) as { partner?: string }).partner) || null;
  useUndoKey();
  return (
    <section ref={page} aria-labelledby="list-title" style={{ padding: '0.75rem 1rem 2rem', maxWidth: '70rem' }}>
      <Title order={1} size="h4" id="list-title" tabIndex={-1} mb={4}>{t('differences.title')}</Title>
      <Text size="sm" c="dimmed" mb="md" maw="46rem">{t('differences.what')}</Text>
      <Suspense fallback={<Waiting />}>{partner === null ? <All page={page} /> : <One key={partner} page={page} partner={partner} />}</Suspense>
    </section>
  );
}

const Waiting = () => <Stack gap="sm"><Skeleton height={150} /><Skeleton height={110} /><Skeleton height={150} /></Stack>;

type PageRef = RefObject<HTMLElement | null>;

function All({ page }: { page: PageRef }) {
  const { t } = useTranslation('registers');
  const company = useCompany();
  const failed = useRegisters().filter(register => register.night?.problem);
  const { rows, isPending, error, retry, hasMore, isWaiting, onMore } = useCursorPages<RegisterAnswer>(answersName, {}, atOnce, (query, signal) =>
    answer(api.GET('/api/v1/{company}/registers/differences', { params: { path: { company }, query: query as object }, signal })));
  return (
    <Answers page={page} answers={rows} isPending={isPending} error={error} retry={retry}
      after={hasMore && <Group><Button size="compact-sm" variant="default" loading={isWaiting} onClick={onMore}>{t('web:related.more')}</Button></Group>}>
      {failed.map(register => (
        <Alert key={register.plugin} color="yellow" p="xs" icon={<IconAlertTriangle />} title={t('night.failed', { register: nameOf(register), day: day(register.night!.day) })}>{register.night!.problem}</Alert>
      ))}
    </Answers>
  );
}

function One({ page, partner }: { page: PageRef; partner: number }) {
  const { t } = useTranslation('registers');
  const company = useCompany();
  const { data, isPending, error, refetch } = useQuery(answerQuery(company, partner));
  const isOpen = data && data.differences.length + data.alarms.length > 0;
  return (
    <Answers page={page} answers={isOpen ? [data] : []} isPending={isPending} error={error} retry={() => void refetch()}>
      <Anchor component={Link} to={`/${company}/registers/differences`} size="sm">{t('differences.all')}</Anchor>
    </Answers>
  );
}

interface AnswersProps { page: PageRef; answers: RegisterAnswer[]; isPending: boolean; error: Error | null; retry: () => void; children: ReactNode; after?: ReactNode }

function Answers({ page, answers, isPending, error, retry, children, after }: AnswersProps) {
  const { t } = useTranslation('registers');
  const registers = useRegisters();
  const nextFocus = useNextFocus(page);
  const toFocus = useRef<() => void>(() => undefined);
  const [told, tell] = useState('');
  // The row goes away with its decision, and with it the button that was pressed.
  const decided = (what: string) => { tell(what); requestAnimationFrame(() => requestAnimationFrame(toFocus.current)); };
  return (
    <Stack gap="sm" onClickCapture={() => { toFocus.current = nextFocus(); }}>
      <VisuallyHidden role="status" aria-live="polite">{told}</VisuallyHidden>
      {children}
      {error && <ProblemPanel error={error} retry={retry} />}
      {isPending && <Waiting />}
      {!isPending && !error && answers.length === 0 && (
        <Stack align="center" gap={6} py={60} px="md">
          <IconCircleCheck size={36} color="var(--mantine-color-dimmed)" aria-hidden />
          <Text fw={600} ta="center">{t('differences.none')}</Text>
          <Text size="sm" c="dimmed" ta="center" maw="34rem">{t(registers.length === 0 ? 'differences.noRegister' : 'differences.noneWhy')}</Text>
        </Stack>
      )}
      {answers.map(one => <AnswerCard key={one.partner} answer={one} registers={registers} onDecided={decided} />)}
      {after}
    </Stack>
  );
}
