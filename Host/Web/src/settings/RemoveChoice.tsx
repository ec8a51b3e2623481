import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@web/parts/ProblemText';
import { type Choice, nameOf } from './choices';

interface Props { choice: Choice; why: string; error: Error | null; isPending: boolean; onRemove: () => void; onDisable: () => void; onClose: () => void }

/** Asks before a choice is taken away; a refusal is told with what can be done instead. */
export default function RemoveChoice({ choice, why, error, isPending, onRemove, onDisable, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t('settings.removeSure', { name: nameOf(choice) })} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack>
        <Text size="sm">{why}</Text>
        <ProblemNote error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>{t('cancel')}</Button>
          {error && !choice.disabled ? <Button onClick={onDisable}>{t('settings.closeInstead')}</Button> : <Button color="red" loading={isPending} disabled={error !== null} onClick={onRemove}>{t('settings.removeNow')}</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}
