import { Button, Group } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { type Operation, useOperations } from '@web/operations/follow';
import { moment } from '@web/parts/formats';
import { useMayWrite } from '@web/session/session';
import { canForce, canRedo, canUndo } from './operations';

/** The ways back and forth that an operation has now. */
export function Buttons({ operation }: { operation: Operation }) {
  const { t } = useTranslation('operations');
  const mayWrite = useMayWrite();
  const { turn } = useOperations();
  const [isAsked, setAsked] = useState(false);
  if (!mayWrite) return null;
  const run = (action: 'undo' | 'redo', force = false) => { setAsked(true); void turn(operation.number, action, force).finally(() => setAsked(false)); };
  return (
    <Group gap={4} wrap="nowrap">
      {canUndo(operation) && <Button size="compact-xs" variant="default" loading={isAsked} leftSection={<IconArrowBackUp size={14} />} title={t('undoUntil', { when: moment(operation.undoUntil!) })} onClick={() => run('undo')}>{t('undo')}</Button>}
      {canRedo(operation) && <Button size="compact-xs" variant="default" loading={isAsked} leftSection={<IconArrowForwardUp size={14} />} onClick={() => run('redo')}>{t('redo')}</Button>}
      {canForce(operation) && <Button size="compact-xs" variant="subtle" color="red" loading={isAsked} title={t('forceWhy')} onClick={() => run('undo', true)}>{t('force')}</Button>}
    </Group>
  );
}
