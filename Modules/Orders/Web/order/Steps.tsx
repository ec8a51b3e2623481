import { Badge, Button, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '@web/edit/Confirm';
import { useSave } from '@web/edit/useSave';
import { ProblemNote } from '@web/parts/ProblemText';
import { useMayWrite } from '@web/session/session';
import { fixedBy, type Order, steps } from '../orders';
import classes from './Order.module.css';
import { useOrderThing } from './thing';

/** From draft to invoiced: a click sets how far the order is. Invoiced is for good, so it is asked for. */
export function Steps({ order }: { order: Order }) {
  const { t } = useTranslation('orders');
  const mayChange = useMayWrite() && fixedBy(order) === null;
  const { save, isSaving, error, dialog } = useSave(useOrderThing(order));
  const [asked, ask] = useState(false);
  if (order.state === 'cancelled') return <div><Badge color="red" variant="light" size="lg" radius="sm" tt="none">{t('state.cancelled')}</Badge></div>;
  const reached = steps.indexOf(order.state);
  const set = (state: Order['state']) => void save({ state }, order).then(() => ask(false));
  return (
    <div>
      <ol className={classes.steps} aria-label={t('column.state')}>
        {steps.map((step, at) => (
          <li key={step}>
            <Button size="compact-md" fz="sm" radius="xl" variant={at === reached ? 'filled' : at < reached ? 'light' : 'default'} leftSection={at < reached ? <IconCheck size={15} aria-hidden /> : undefined} aria-current={at === reached ? 'step' : undefined} aria-disabled={!mayChange}
              style={mayChange ? undefined : { cursor: 'default' }} onClick={() => { if (!mayChange || isSaving || at === reached) return; if (step === 'invoiced') ask(true); else set(step); }}>
              {t(`state.${step}`)}
            </Button>
          </li>
        ))}
      </ol>
      <ProblemNote error={error} />
      {asked && <Confirm title={t('invoice.sure', { number: order.number })} yes={t('invoice.yes')} isWaiting={isSaving} onYes={() => set('invoiced')} onNo={() => ask(false)}><Text size="sm">{t('invoice.why')}</Text></Confirm>}
      {dialog}
    </div>
  );
}
