import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';

const colours: Record<string, string> = { draft: 'gray', open: 'blue', overdue: 'red', paid: 'green', credit: 'grape', cancelled: 'gray' };

/** The day of whoever looks, as the API writes days. */
export const todayHere = (): string => new Date().toLocaleDateString('sv-SE');

/** Whether an invoice should have been paid before today. */
export const isOverdue = ({ state, dueDate }: Pick<Schemas['InvoiceView'], 'state' | 'dueDate'>): boolean => state === 'open' && dueDate !== null && dueDate < todayHere();

/** An invoice's state in words; the colour only helps to find it. */
export function InvoiceState({ invoice }: { invoice: Schemas['InvoiceView'] }) {
  const { t } = useTranslation();
  const state = isOverdue(invoice) ? 'overdue' : invoice.state;
  return <Badge style={{ flex: 'none' }} variant="light" radius="sm" tt="none" fw={600} color={colours[state] ?? 'gray'}>{t(`web:invoice.${state}`, { defaultValue: state })}</Badge>;
}
