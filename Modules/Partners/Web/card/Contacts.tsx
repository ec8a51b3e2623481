import { ActionIcon, Anchor, Badge, Button, Group, Menu, Paper, SimpleGrid, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { IconDots, IconMail, IconPencil, IconPhone, IconPlus, IconStar, IconTrash, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@web/api/client';
import { Confirm } from '@web/edit/Confirm';
import { useSave } from '@web/edit/useSave';
import { ProblemPanel, problemText } from '@web/parts/ProblemText';
import { useCompany, useMayWrite } from '@web/session/session';
import { type Contact, contactsQuery, useContactThing } from '../fields/contact';
import { ContactForm } from './ContactForm';

/** The partner's people (R65): the primary one first, those who left last. */
export function Contacts({ number }: { number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const mayWrite = useMayWrite();
  const { data, error, refetch } = useQuery(contactsQuery(company, number));
  const [isAdding, setAdding] = useState(false);
  const [withInactive, setWithInactive] = useState(false);
  if (error && !data) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton height={120} />;
  const inactive = data.filter(c => !c.active).length;
  const shown = data.filter(c => c.active || withInactive).sort((a, b) => Number(b.active) - Number(a.active) || Number(b.primary) - Number(a.primary) || a.name.localeCompare(b.name));
  return (
    <Stack gap="sm">
      <Group justify="space-between" mih={30}>
        {inactive > 0 ? <Switch size="xs" label={t('contact.showInactive', { count: inactive })} checked={withInactive} onChange={e => setWithInactive(e.currentTarget.checked)} /> : <span />}
        {mayWrite && !isAdding && <Button size="compact-sm" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>{t('contact.add')}</Button>}
      </Group>
      {isAdding && <Paper withBorder p="md" radius="md"><ContactForm number={number} onDone={() => setAdding(false)} /></Paper>}
      {shown.length === 0 && !isAdding && <Text c="dimmed" size="sm">{t('contact.none')}</Text>}
      <SimpleGrid component="ul" cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {shown.map(contact => <li key={contact.id}><ContactCard contact={contact} number={number} /></li>)}
      </SimpleGrid>
    </Stack>
  );
}

function ContactCard({ contact, number }: { contact: Contact; number: number }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const queries = useQueryClient();
  const mayWrite = useMayWrite();
  const saving = useSave(useContactThing(contact, number));
  const [mode, setMode] = useState<'edit' | 'remove' | null>(null);
  const remove = async () => {
    await api.DELETE('/api/v1/{company}/partners/{number}/contacts/{id}', { params: { path: { company, number, id: contact.id } } });
    await queries.invalidateQueries({ queryKey: [company] });
  };
  if (mode === 'edit') return <Paper withBorder p="md" radius="md"><ContactForm number={number} contact={contact} onDone={() => setMode(null)} /></Paper>;
  return (
    <Paper withBorder p="sm" radius="md" h="100%">
      <Group justify="space-between" wrap="nowrap" align="start" gap="xs">
        <div style={{ minWidth: 0 }}>
          <Group gap={6}><Text fw={600} size="sm" c={contact.active ? undefined : 'dimmed'}>{contact.name}</Text>
            {contact.primary && <Badge size="sm" variant="light" tt="none" radius="sm">{t('contact.primary')}</Badge>}
            {!contact.active && <Badge size="sm" variant="default" tt="none" radius="sm">{t('contact.inactive')}</Badge>}
          </Group>
          {contact.title && <Text size="sm" c="dimmed">{contact.title}</Text>}
        </div>
        {mayWrite && (
          <Group gap={0} wrap="nowrap">
            <ActionIcon variant="subtle" color="gray" aria-label={t('contact.edit', { name: contact.name })} onClick={() => setMode('edit')}><IconPencil size={16} /></ActionIcon>
            <Menu position="bottom-end">
              <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t('contact.more', { name: contact.name })}><IconDots size={16} /></ActionIcon></Menu.Target>
              <Menu.Dropdown>
                {!contact.primary && contact.active && <Menu.Item leftSection={<IconStar size={15} />} onClick={() => void saving.save({ primary: true }, contact)}>{t('contact.makePrimary')}</Menu.Item>}
                {contact.active
                  ? <Menu.Item leftSection={<IconUserOff size={15} />} onClick={() => void saving.save(contact.primary ? { active: false, primary: false } : { active: false }, contact)}>{t('contact.deactivate')}</Menu.Item>
                  : <Menu.Item leftSection={<IconUserCheck size={15} />} onClick={() => void saving.save({ active: true }, contact)}>{t('contact.activate')}</Menu.Item>}
                <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => setMode('remove')}>{t('contact.remove')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        )}
      </Group>
      <Stack gap={2} mt={6}>
        {contact.email && <Group gap={6} wrap="nowrap"><IconMail size={14} aria-hidden style={{ flex: 'none' }} /><Anchor size="sm" href={`mailto:${contact.email}`} truncate>{contact.email}</Anchor></Group>}
        {contact.phone && <Group gap={6} wrap="nowrap"><IconPhone size={14} aria-hidden style={{ flex: 'none' }} /><Anchor size="sm" href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`}>{contact.phone}</Anchor></Group>}
      </Stack>
      {saving.error !== null && <Text size="sm" c="var(--mantine-color-error)" role="alert">{problemText(saving.error, t)}</Text>}
      {mode === 'remove' && <Confirm title={t('contact.removeTitle', { name: contact.name })} yes={t('contact.remove')} isDanger onYes={() => void remove()} onNo={() => setMode(null)}><Text size="sm">{t('contact.removeWhy')}</Text></Confirm>}
      {saving.dialog}
    </Paper>
  );
}

