import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconArrowForwardUp, IconPlayerStop } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { type Operation, useOperations } from '@web/operations/follow';
import { moment } from '@web/parts/formats';
import { problemText } from '@web/parts/ProblemText';
import { useCompany, useMayWrite } from '@web/session/session';
import { canForce, canRedo, canUndo, isOpen } from './operations';

/** The ways back and forth that an operation has now. */
export function Buttons({ operation }: { operation: Operation }) {
  const { t } = useTranslation('operations');
  const mayWrite = useMayWrite();
  const { turn } = useOperations();
  const [isAsked, setAsked] = useState(false);
  const company = useCompany();
  const queries = useQueryClient();
  if (!mayWrite) return null;
  const stop = () => void answer(api.POST('/api/v1/{company}/operations/{number}/cancel', { params: { path: { company, number: operation.number } } }))
    .then(() => queries.invalidateQueries({ queryKey: [company, 'operations'] }), (error: unknown) => notifications.show({ color: 'red', title: problemText(error, t), message: '' }));
  const run = (action: 'undo' | 'redo', force = false) => { setAsked(true); void turn(operation.number, action, force).finally(() => setAsked(false)); };
  return (
    <Group gap={4} wrap="nowrap">
      {isOpen(operation) && <Button size="compact-xs" variant="default" leftSection={<IconPlayerStop size={14} />} title={t('stopWhy')} onClick={stop}>{t('stop')}</Button>}
      {canUndo(operation) && <Button size="compact-xs" variant="default" loading={isAsked} leftSection={<IconArrowBackUp size={14} />} title={t('undoUntil', { when: moment(operation.undoUntil!) })} onClick={() => run('undo')}>{t('undo')}</Button>}
      {canRedo(operation) && <Button size="compact-xs" variant="default" loading={isAsked} leftSection={<IconArrowForwardUp size={14} />} onClick={() => run('redo')}>{t('redo')}</Button>}
      {canForce(operation) && <Button size="compact-xs" variant="subtle" color="red" loading={isAsked} title={t('forceWhy')} onClick={() => run('undo', true)}>{t('force')}</Button>}
    </Group>
  );
}
