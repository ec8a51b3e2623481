import { Alert, Button, Group, Stack, Textarea } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceSelect } from '@web/edit/selects';
import { Dialog } from '@web/parts/Dialog';
import { useChoices } from '@web/parts/choices';
import { useStatuses } from './cases';

export interface Reason { key: string | null; text: string | null }

interface Props {
  title: string;
  /** True = saved; otherwise what was typed stays to be tried again. */
  onLose: (reason: Reason | null, andClose: boolean) => Promise<boolean>;
  /** Why it was not, where nothing else tells of it. */
  error?: string;
  onCancel: () => void;
}

/** Why it was lost, and whether the work on it ends with that (R92). Nothing has to be said. */
export default function LostDialog({ title, onLose, error, onCancel }: Props) {
  const { t } = useTranslation('cases');
  const reasons = useChoices('lost-reasons');
  const statuses = useStatuses();
  const [key, setKey] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [isWaiting, wait] = useState(false);
  const lose = async (andClose: boolean) => {
    wait(true);
    if (!await onLose(key || text.trim() ? { key, text: text.trim() || null } : null, andClose)) wait(false);
  };
  return (
    <Dialog onClose={onCancel} closeOnEscape={!isWaiting} closeOnClickOutside={!isWaiting} title={t('lost.title', { title })}>
      <form onSubmit={event => { event.preventDefault(); void lose(true); }}>
        <Stack>
          <ChoiceSelect label={t('lost.reason')} data-autofocus choices={reasons.all} value={key} onChange={setKey} />
          <Textarea label={t('lost.words')} autosize minRows={2} maxLength={1000} value={text} onChange={e => setText(e.currentTarget.value)} />
          {error && !isWaiting && <Alert color="red" icon={<IconAlertCircle />} role="alert">{error}</Alert>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onCancel}>{t('web:cancel')}</Button>
            <Button variant="light" disabled={isWaiting} onClick={() => void lose(false)}>{statuses.name('lost')}</Button>
            <Button type="submit" loading={isWaiting}>{t('lost.andClose')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
