import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@web/parts/Dialog';

interface Props { title: string; yes: string; no?: string; isDanger?: boolean; isWaiting?: boolean; onYes: () => void; onNo: () => void; children?: ReactNode }

/** A question with two answers; the harmless one has the focus. */
export function Confirm({ title, yes, no, isDanger, isWaiting, onYes, onNo, children }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onNo} title={title} centered>
      <Stack>
        {children && <div>{children}</div>}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onNo}>{no ?? t('web:cancel')}</Button>
          <Button color={isDanger ? 'red' : undefined} loading={isWaiting ?? false} onClick={onYes}>{yes}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
