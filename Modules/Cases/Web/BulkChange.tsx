import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayInput } from '@web/edit/DayInput';
import { ChoiceSelect, PersonSelect } from '@web/edit/selects';
import BulkDialog from '@web/operations/BulkDialog';
import type { BulkRequest } from '@web/operations/follow';
import { useUsers } from '@web/parts/choices';
import { day } from '@web/parts/formats';
import type { BulkAction } from './BulkActions';
import { useStatuses } from './cases';

/** What an action sets; the others set nothing. */
const sets: Partial<Record<BulkAction, 'status' | 'owner' | 'followUp' | 'expectedClose'>> = { setStatus: 'status', setOwner: 'owner', setFollowUp: 'followUp', setExpectedClose: 'expectedClose' };

/** Bulk actions on cases: choose, see what would happen, run. */
export default function BulkChange({ action, target, onClose, onStarted }: { action: BulkAction; target: BulkRequest['target']; onClose: () => void; onStarted: () => void }) {
  const { t } = useTranslation('cases');
  const statuses = useStatuses();
  const users = useUsers();
  const field = sets[action];
  // Undefined = nothing is chosen yet; null takes the value away.
  const [value, setValue] = useState<string | null | undefined>(undefined);
  const isChosen = field === undefined || (field === 'status' ? value != null : value !== undefined);
  const request = isChosen ? { action: `case.${action}`, ...(field ? { set: { [field]: value ?? null } } : {}), target } : null;
  const words = (now: string | null) => {
    if (field === undefined) return t(`bulk.is.${now ?? ''}`);
    if (now === null) return t('web:filters.none');
    return field === 'status' ? statuses.name(now) : field === 'owner' ? users.find(u => u.id === now)?.name ?? now : day(now);
  };
  return (
    <BulkDialog title={t(`bulk.${action}`)} request={request} valueText={words} onClose={onClose} onStarted={onStarted}>
      {field === 'status' && <ChoiceSelect label={t('column.status')} data-autofocus required choices={statuses.all} value={value ?? null} onChange={setValue} />}
      {field === 'owner' && <PersonSelect label={t('column.owner')} data-autofocus value={value ?? null} onChange={setValue} />}
      {(field === 'followUp' || field === 'expectedClose') && <DayInput label={t(`column.${field}`)} data-autofocus value={value ?? null} onChange={setValue} />}
      {field === undefined && <Text size="sm">{t(`bulk.${action}Why`)}</Text>}
      {action === 'delete' && <Alert color="yellow" icon={<IconAlertTriangle />}>{t('delete.advice')}</Alert>}
    </BulkDialog>
  );
}
