import { Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditForm } from '@web/edit/EditForm';
import { Part } from '@web/edit/Part';
import { useForm } from '@web/edit/useForm';
import { useSave } from '@web/edit/useSave';
import { country, day } from '@web/parts/formats';
import { OrderFields } from '../OrderFields';
import type { Order } from '../orders';
import classes from './Order.module.css';
import { useOrderThing, writtenOrder } from './thing';

/** Dates, owner, references, delivery. */
export function Details({ order, mayChange }: { order: Order; mayChange: boolean }) {
  const { t } = useTranslation('orders');
  const { delivery } = order;
  const address = delivery && [delivery.street, [delivery.postalCode, delivery.city].filter(Boolean).join(' '), delivery.country && country(delivery.country)].filter(Boolean).join(', ');
  const facts: [string, ReactNode][] = [
    ['orderDate', day(order.orderDate)], ['startDate', day(order.startDate)], ['deliveryDate', day(order.deliveryDate)], ['owner', order.owner && <Text span inherit c={order.owner.disabled ? 'dimmed' : undefined}>{order.owner.name}</Text>],
    ['contact', order.contact], ['reference', order.reference], ['requisition', order.requisition], ['creditDays', order.creditDays], ['delivery', address], ['note', order.note],
  ];
  const edit = t('order.edit', { part: t('order.details') });
  return (
    <Part title={t('order.details')} edit={edit} mayChange={mayChange} shortcuts={[{ key: 'e', text: edit }, { key: 'o', field: 'owner', text: t('web:help.change', { name: t('field.owner') }) }]} form={close => <DetailsForm order={order} onDone={close} />}>
      <dl className={classes.facts}>
        {facts.map(([member, value]) => (
          <div key={member} className={member === 'note' || member === 'delivery' ? classes.wide : undefined}>
            <Text component="dt" size="xs" c="dimmed">{t(`field.${member}`)}</Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>{value === null || value === '' ? '–' : value}</Text>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function DetailsForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const { t } = useTranslation('orders');
  // The version that the user sees, however the order changes underneath.
  const [seen] = useState(order);
  const saving = useSave(useOrderThing(order));
  const written = writtenOrder(seen);
  const form = useForm({ ...written, delivery: written['delivery'] ?? {} }, saving.error, () => '');
  const save = async () => {
    const saved = await saving.save(form.changes, seen);
    if (saved) onDone();
    return saved;
  };
  return (
    <EditForm form={form} label={t('order.details')} error={saving.error} isSaving={saving.isSaving} onSave={save} onCancel={onDone}>
      <OrderFields form={form} partner={seen.partner.number} owner={seen.owner} />
      {saving.dialog}
    </EditForm>
  );
}
