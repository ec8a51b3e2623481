import { ActionIcon, Badge, Button, Group, Skeleton, Stack, Table, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconMailForward, IconPencil, IconUserPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { ProblemNote, ProblemPanel } from '@web/parts/ProblemText';
import { useDepartments } from '@web/parts/company';
import { useCompany, useSession } from '@web/session/session';
import { SettingsHead } from '@web/settings/SettingsHead';
import { type Member, useMembers } from './users';

const UserDialog = lazy(() => import('./UserDialog'));
const InvitationDialog = lazy(() => import('./InvitationDialog'));

/** Who works in the company, and as what. Nobody is removed: their names stay on what they did. */
export default function UsersSection() {
  const { t } = useTranslation('companies');
  const company = useCompany();
  const { user } = useSession();
  const { data: members, error, refetch } = useMembers();
  const departments = useDepartments().data ?? [];
  const [open, setOpen] = useState<{ member?: Member } | null>(null);
  const [invited, setInvited] = useState<Member | null>(null);
  const again = useMutation({
    mutationFn: (id: string) => answer(api.POST('/api/v1/{company}/users/{id}/invitation', { params: { path: { company, id } } })),
    onSuccess: setInvited,
  });
  if (error && !members) return <ProblemPanel error={error} retry={() => void refetch()} />;
  return (
    <Stack>
      <SettingsHead title={t('users.title')} about={t('users.about')}><Button leftSection={<IconUserPlus size={16} />} onClick={() => setOpen({})}>{t('users.invite')}</Button></SettingsHead>
      <ProblemNote error={again.error} />
      {!members && <Skeleton height={240} />}
      {members && (
        <Table.ScrollContainer minWidth={640}>
          <Table verticalSpacing={6} aria-label={t('users.title')}>
            <Table.Thead><Table.Tr><Table.Th>{t('users.name')}</Table.Th><Table.Th>{t('users.email')}</Table.Th><Table.Th>{t('users.role')}</Table.Th><Table.Th>{t('users.department')}</Table.Th><Table.Th>{t('users.state')}</Table.Th><Table.Th w={80}><VisuallyHidden>{t('users.actions')}</VisuallyHidden></Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {members.map(member => (
                <Table.Tr key={member.id}>
                  <Table.Td><Text size="sm" fw={500} c={member.disabled ? 'dimmed' : undefined}>{member.name}{member.id === user?.id && ` (${t('users.you')})`}</Text></Table.Td>
                  <Table.Td><Text size="sm" style={{ overflowWrap: 'anywhere' }}>{member.email}</Text></Table.Td>
                  <Table.Td>{t(`role.${member.role}`)}</Table.Td>
                  <Table.Td>{departments.find(d => d.id === member.department)?.name ?? member.department}</Table.Td>
                  <Table.Td><State member={member} /></Table.Td>
                  <Table.Td>
                    <Group gap={2} wrap="nowrap" justify="flex-end">
                      {member.invited && !member.disabled && <Tooltip label={t('users.again')}><ActionIcon variant="subtle" color="gray" aria-label={`${t('users.again')}: ${member.name}`} loading={again.isPending && again.variables === member.id} onClick={() => again.mutate(member.id!)}><IconMailForward size={16} /></ActionIcon></Tooltip>}
                      <ActionIcon variant="subtle" color="gray" aria-label={t('users.edit', { name: member.name })} onClick={() => setOpen({ member })}><IconPencil size={16} /></ActionIcon>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Suspense>
        {open && <UserDialog {...open} departments={departments} onClose={() => setOpen(null)} onInvited={member => { setOpen(null); setInvited(member); }} />}
        {invited && <InvitationDialog member={invited} onClose={() => setInvited(null)} />}
      </Suspense>
    </Stack>
  );
}

function State({ member }: { member: Member }) {
  const { t } = useTranslation('companies');
  const [words, colour] = member.disabled ? [t('users.disabled'), 'gray'] : member.invited ? [t('users.invited'), 'blue'] : [t('users.active'), 'green'];
  return <Badge variant="light" radius="sm" tt="none" color={colour}>{words}</Badge>;
}
