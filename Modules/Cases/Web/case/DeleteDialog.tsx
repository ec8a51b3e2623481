import { Button, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Confirm } from '@web/edit/Confirm';
import { useCompany } from '@web/session/session';
import { useCaseActions } from '../actions';
import { useCaseEditing } from './context';

/** Deleting loses the trace; lost and closed is offered instead (R93). */
export default function DeleteDialog({ onClose, onLost }: { onClose: () => void; onLost: () => void }) {
  const { t } = useTranslation('cases');
  const { c, isLocked } = useCaseEditing();
  const { run, isRunning } = useCaseActions();
  const company = useCompany();
  const go = useNavigate();
  const remove = async () => {
    if (await run(c, 'delete')) void go({ to: `/${company}/cases` });
    onClose();
  };
  return (
    <Confirm title={t('delete.title', { title: c.title })} yes={t('bulk.delete')} isDanger isWaiting={isRunning} onYes={() => void remove()} onNo={onClose}>
      <Text size="sm">{t('delete.advice')}</Text>
      <Text size="sm" mt="xs">{t('delete.restorable')}</Text>
      {!isLocked && <Button mt="sm" size="compact-md" variant="light" onClick={onLost}>{t('delete.lostInstead')}</Button>}
    </Confirm>
  );
}
