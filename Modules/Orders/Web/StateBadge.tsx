import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Order } from './orders';

const colours: Record<Order['state'], string> = { draft: 'gray', confirmed: 'blue', delivered: 'teal', invoiced: 'green', cancelled: 'red' };

/** The state in words; the colour only helps to find it. */
export function StateBadge({ state }: { state: Order['state'] }) {
  const { t } = useTranslation('orders');
  return <Badge style={{ flex: 'none' }} variant="light" radius="sm" tt="none" fw={600} color={colours[state]}>{t(`state.${state}`)}</Badge>;
}
