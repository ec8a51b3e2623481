import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceSelect } from '@web/edit/selects';
import { Dialog } from '@web/parts/Dialog';
import { useChoices } from '@web/parts/choices';
import { useStatuses } from './cases';

export interface Reason { key: string | null; text: string | null }

/** Why it was lost, and whether the work on it ends with that (R92). Nothing has to be said. */
export default function LostDialog({ title, onLose, onCancel }: { title: string; onLose: (reason: Reason | null, andClose: boolean) => void; onCancel: () => void }) {
  const { t } = useTranslation('cases');
  const reasons = useChoices('lost-reasons');
  const statuses = useStatuses();
  const [key, setKey] = useState<string | null>(null);
  const [text, setText] = useState('');
  const lose = (andClose: boolean) => onLose(key || text.trim() ? { key, text: text.trim() || null } : null, andClose);
  return (
    <Dialog onClose={onCancel} title={t('lost.title', { title })}>
      <form onSubmit={event => { event.preventDefault(); lose(true); }}>
        <Stack>
          <ChoiceSelect label={t('lost.reason')} data-autofocus choices={reasons.all} value={key} onChange={setKey} />
          <Textarea label={t('lost.words')} autosize minRows={2} maxLength={1000} value={text} onChange={e => setText(e.currentTarget.value)} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onCancel}>{t('web:cancel')}</Button>
            <Button variant="light" onClick={() => lose(false)}>{statuses.name('lost')}</Button>
            <Button type="submit">{t('lost.andClose')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
