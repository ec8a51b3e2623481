import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCompany } from '@web/session/session';
import type { Order } from '../orders';
import { Actions } from './Actions';
import { Steps } from './Steps';

/** Which order it is, how far it is, and what can be done with it as a whole. */
export function Head({ order }: { order: Order }) {
  const { t } = useTranslation('orders');
  const company = useCompany();
  return (
    <Stack gap="sm" component="header">
      <Group justify="space-between" align="start">
        <Stack gap={2}>
          <Group gap="xs">
            <Title order={1} size="h3">{t('order.name', { number: order.number })}</Title>
            <Badge variant="default" radius="sm" tt="none" fw={500}>{t(`kind.${order.kind}`)}</Badge>
            {order.locked && <Badge variant="light" color="gray" radius="sm" tt="none" leftSection={<IconLock size={12} />}>{t('locked')}</Badge>}
          </Group>
          <Group gap="xs">
            <Anchor component={Link} to={`/${company}/partners/${order.partner.number}`} size="sm" fw={500}>{order.partner.name ?? order.partner.number}</Anchor>
            {order.case !== null && <><Text span c="dimmed" aria-hidden>·</Text><Anchor component={Link} to={`/${company}/cases/${order.case}`} size="sm">{t('order.fromCase', { number: order.case })}</Anchor></>}
          </Group>
        </Stack>
        <Actions order={order} />
      </Group>
      <Steps order={order} />
    </Stack>
  );
}
