import { Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import { Part } from '@web/edit/Part';
import type { Json } from '@web/edit/patch';
import { useForm } from '@web/edit/useForm';
import { useSave } from '@web/edit/useSave';
import { Amount } from '@web/parts/Amount';
import { figure } from '@web/parts/formats';
import { useTrial } from '../credit';
import { Lines } from '../Lines';
import { judgedLines, type Line, linesOf, newLine, writtenLines } from '../lines';
import type { Order } from '../orders';
import { useOrderThing } from './thing';

/** What is ordered; read, and by pencil or L written in place. */
export function OrderLines({ order, mayChange }: { order: Order; mayChange: boolean }) {
  const { t } = useTranslation('orders');
  const head = (column: string, end = true) => <Table.Th ta={end ? 'end' : undefined}>{t(`lines.${column}`)}</Table.Th>;
  const edit = t('order.edit', { part: t('lines.title') });
  return (
    <Part title={t('lines.title')} edit={edit} mayChange={mayChange} shortcuts={[{ key: 'l', text: edit }]} form={close => <LinesForm order={order} onDone={close} />}>
      {order.lines.length === 0 ? <Text size="sm" c="dimmed">{t('lines.none')}</Text> : (
        <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label={t('lines.title')}>
            <Table.Thead><Table.Tr>{head('text', false)}{head('quantity')}{head('price')}{head('discount')}{head('net')}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {order.lines.map(line => (
                <Table.Tr key={line.id}>
                  <Table.Td style={{ whiteSpace: 'pre-line' }}>{line.text}</Table.Td><Table.Td ta="end">{figure(line.quantity)}</Table.Td><Table.Td ta="end"><Amount money={line.unitPrice} /></Table.Td>
                  <Table.Td ta="end">{line.discountPercent === 0 ? '' : `${figure(line.discountPercent)} %`}</Table.Td><Table.Td ta="end"><Amount money={line.net} /></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
            <Table.Tfoot>
              <Table.Tr><Table.Th colSpan={4} ta="end">{t('lines.total')}</Table.Th><Table.Th ta="end"><Amount money={order.net} /></Table.Th></Table.Tr>
              {order.invoicedNet.amount > 0 && <Table.Tr><Table.Td colSpan={4} ta="end">{t('column.invoiced')}</Table.Td><Table.Td ta="end"><Amount money={order.invoicedNet} /></Table.Td></Table.Tr>}
            </Table.Tfoot>
          </Table>
        </Table.ScrollContainer>
      )}
    </Part>
  );
}

function LinesForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const { t } = useTranslation('orders');
  const [seen] = useState(order);
  const [start] = useState(() => ({ lines: (seen.lines.length > 0 ? linesOf(seen) : [newLine()]) as unknown as Json }));
  const saving = useSave(useOrderThing(order));
  const form = useForm(start, saving.error, () => '');
  const lines = form.value('/lines') as unknown as Line[];
  const judged = judgedLines(lines);
  const trial = useTrial(form.isDirty ? { lines: writtenLines(judged, seen.currency) as NonNullable<Schemas['OrderFields']['lines']> } : null, seen.number);
  const usualDiscount = trial?.lines[judged.findIndex(line => line.discount === null)]?.discountPercent ?? 0;
  const save = async () => {
    const saved = !form.isDirty || await saving.save({ lines: writtenLines(lines, seen.currency) }, seen);
    if (saved) onDone();
    return saved;
  };
  return (
    <EditForm form={form} label={t('lines.title')} error={saving.error} isSaving={saving.isSaving} onSave={save} onCancel={onDone}>
      <Lines lines={lines} currency={seen.currency} usualDiscount={usualDiscount} error={form.error} onChange={next => form.set('/lines', next as unknown as Json)} />
      {saving.dialog}
    </EditForm>
  );
}
