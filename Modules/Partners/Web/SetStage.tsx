import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import BulkDialog from '@web/operations/BulkDialog';
import type { BulkRequest } from '@web/operations/follow';
import { choiceName, useChoices } from './partners';

/** Bulk actions > Set customer stage (R39). */
export default function SetStage({ target, onClose, onStarted }: { target: BulkRequest['target']; onClose: () => void; onStarted: () => void }) {
  const { t } = useTranslation('partners');
  const { all, name } = useChoices('stages');
  const [stage, setStage] = useState<string | null>(null);
  const request = stage ? { action: 'partner.setStage', set: { stage }, target } : null;
  return (
    <BulkDialog title={t('bulk.setStage')} request={request} valueText={value => (value ? name(value) : t('bulk.noStage'))} onClose={onClose} onStarted={onStarted}>
      <Select label={t('column.stage')} data-autofocus required value={stage} onChange={setStage} data={all.filter(s => !s.disabled).map(s => ({ value: s.key, label: choiceName(s) }))} placeholder={t('bulk.chooseStage')} />
    </BulkDialog>
  );
}
