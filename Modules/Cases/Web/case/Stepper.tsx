import { UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Case, useStatuses } from '../cases';
import classes from './Stepper.module.css';

/** How far the case is: the open statuses in their order, then won and lost (R87, R89). */
export function Stepper({ current, isLocked, onChoose }: { current: Case['status']; isLocked: boolean; onChoose: (key: string) => void }) {
  const { t } = useTranslation('cases');
  const { all, name } = useStatuses();
  const order = { open: 0, won: 1, lost: 2 };
  const shown = all.filter(s => !s.disabled || s.key === current.key).sort((a, b) => order[a.kind ?? 'open'] - order[b.kind ?? 'open']);
  const at = shown.findIndex(s => s.key === current.key);
  return (
    <ol className={classes.steps} aria-label={t('column.status')}>
      {shown.map((status, i) => {
        const isCurrent = i === at;
        const isPassed = status.kind === 'open' && i < at && current.kind !== 'lost';
        return (
          <li key={status.key} className={classes.step} data-kind={status.kind} data-current={isCurrent || undefined} data-passed={isPassed || undefined}>
            <UnstyledButton className={classes.button} disabled={isLocked} aria-current={isCurrent ? 'step' : undefined} onClick={() => onChoose(status.key)}>
              {isCurrent && <IconCheck size={14} aria-hidden />}<span className={classes.name}>{name(status.key)}</span><span className={classes.percent}>{status.probability} %</span>
            </UnstyledButton>
          </li>
        );
      })}
    </ol>
  );
}
