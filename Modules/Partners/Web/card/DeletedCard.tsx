import { Alert, Group, Stack, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listPartners } from '../partners';
import { moment } from '@web/parts/formats';
import { useCompany, useMayWrite } from '@web/session/session';
import { RestoreButton } from './deleting';
import { History } from './History';

/** Where a deleted partner's card was: that it is deleted, its history, and the way back. */
export function DeletedCard({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const mayWrite = useMayWrite();
  const { data } = useQuery({ queryKey: [company, 'partners', number, 'deleted'], queryFn: ({ signal }) => listPartners(company, { deleted: 'true', number: `${number}` }, signal) });
  const partner = data?.items[0];
  return (
    <Stack p="md" maw={1000}>
      <Title order={1} size="h3" mih={30}>{partner?.name}</Title>
      <Alert color="yellow" icon={<IconTrash />} role="status" title={t('deleted.title', { number })}>
        <Group justify="space-between">
          <span>{partner?.deletedAt ? t('deleted.when', { when: moment(partner.deletedAt) }) : ''}</span>
          {mayWrite && <RestoreButton number={number} />}
        </Group>
      </Alert>
      <History number={number} />
    </Stack>
  );
}
