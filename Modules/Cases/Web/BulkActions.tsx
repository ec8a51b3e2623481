import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconCalendar, IconCalendarDue, IconDots, IconFlag3, IconLock, IconLockOpen, IconRestore, IconTrash, IconUser } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkRequest } from '@web/operations/follow';
import { useKeys } from '@web/parts/useKeys';

const BulkChange = lazy(() => import('./BulkChange'));

/** As the API names them, after case. */
export type BulkAction = 'setStatus' | 'setOwner' | 'setFollowUp' | 'setExpectedClose' | 'close' | 'reopen' | 'delete' | 'restore';

const inMenu = [['setFollowUp', IconCalendar], ['setExpectedClose', IconCalendarDue], ['close', IconLock], ['reopen', IconLockOpen], ['delete', IconTrash]] as const;

/** What can be done to the ticked cases. */
export function BulkActions({ target, isDeleted, isReady, onStarted }: { target: () => BulkRequest['target']; isDeleted: boolean; isReady: boolean; onStarted: () => void }) {
  const { t } = useTranslation('cases');
  const [action, setAction] = useState<BulkAction | null>(null);
  const key = (name: BulkAction) => isReady && !isDeleted && { text: t(`bulk.${name}`), run: () => setAction(name) };
  useKeys({ s: key('setStatus'), o: key('setOwner'), f: key('setFollowUp') });
  return (
    <>
      {isDeleted ? <Button size="compact-sm" leftSection={<IconRestore size={16} />} onClick={() => setAction('restore')}>{t('bulk.restore')}</Button> : (
        <>
          <Button size="compact-sm" leftSection={<IconFlag3 size={16} />} onClick={() => setAction('setStatus')}>{t('bulk.setStatus')}</Button>
          <Button size="compact-sm" variant="default" visibleFrom="sm" leftSection={<IconUser size={16} />} onClick={() => setAction('setOwner')}>{t('bulk.setOwner')}</Button>
          <Menu position="bottom-end">
            <Menu.Target><Tooltip label={t('more')}><ActionIcon variant="default" aria-label={t('more')}><IconDots size={16} /></ActionIcon></Tooltip></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item hiddenFrom="sm" leftSection={<IconUser size={16} />} onClick={() => setAction('setOwner')}>{t('bulk.setOwner')}</Menu.Item>
              {inMenu.map(([name, Icon]) => <Menu.Item key={name} leftSection={<Icon size={16} />} color={name === 'delete' ? 'red' : undefined} onClick={() => setAction(name)}>{t(`bulk.${name}`)}</Menu.Item>)}
            </Menu.Dropdown>
          </Menu>
        </>
      )}
      <Suspense>{action && <BulkChange action={action} target={target()} onClose={() => setAction(null)} onStarted={() => { setAction(null); onStarted(); }} />}</Suspense>
    </>
  );
}
