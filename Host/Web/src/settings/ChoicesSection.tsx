import { ActionIcon, Badge, Button, Group, Skeleton, Stack, Switch, Table, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconLock, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@web/api/problem';
import { Confirm } from '@web/edit/Confirm';
import { type ChoiceList, choiceName } from '@web/parts/choices';
import { whole } from '@web/parts/formats';
import { ProblemNote, ProblemPanel } from '@web/parts/ProblemText';
import { useKeys } from '@web/parts/useKeys';
import { type Choice, useEditedChoices } from './choices';
import { SettingsHead } from './SettingsHead';

const ChoiceDialog = lazy(() => import('./ChoiceDialog'));

/** A number that the choices of a list have besides their names. */
export interface ChoiceNumber { field: 'probability' | 'discountPercent'; label: string; /** Blank is not allowed. */ isRequired?: boolean }

interface Props {
  kind: ChoiceList;
  title: string;
  about: string;
  number?: ChoiceNumber;
  /** What is counted, as the head of its column. */
  counted: string;
  /** What taking one away means, for who is asked whether they are sure. */
  removing: string;
}

/** One of the lists that a company keeps: named in every language, put in order, closed and taken away. */
export function ChoicesSection({ kind, title, about, number, counted, removing }: Props) {
  const { t } = useTranslation();
  const { rows, error, retry, add, change, remove } = useEditedChoices(kind);
  const [open, setOpen] = useState<{ what: 'edit' | 'remove'; choice?: Choice } | null>(null);
  const [said, say] = useState('');
  const done = () => setOpen(null);
  useKeys({ 'alt+ArrowUp': { text: t('help.order') }, 'alt+ArrowDown': { text: t('help.order') } });
  // What is in use cannot be taken away, but closed.
  const isRefused = remove.error instanceof Problem && remove.error.status === 409;

  if (error && !rows) return <ProblemPanel error={error} retry={retry} />;

  const move = (choice: Choice, at: number, by: -1 | 1) => {
    const position = at + 1 + by;
    if (position < 1 || position > rows!.length) return;
    change.mutate({ key: choice.key, fields: { position } });
    say(t('settings.movedTo', { name: choiceName(choice), place: position, count: rows!.length }));
    // The row that is moved in the page loses the focus.
    const button = document.activeElement;
    requestAnimationFrame(() => { if (button instanceof HTMLElement) button.focus(); });
  };
  const pressed = (event: KeyboardEvent, choice: Choice, at: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(choice, at, event.key === 'ArrowUp' ? -1 : 1);
  };

  return (
    <Stack>
      <SettingsHead title={title} about={about}><Button leftSection={<IconPlus size={16} />} onClick={() => setOpen({ what: 'edit' })}>{t('settings.add')}</Button></SettingsHead>
      <VisuallyHidden role="status" aria-live="polite">{said}</VisuallyHidden>
      <ProblemNote error={change.error} />
      {!rows && <Skeleton height={240} />}
      {rows?.length === 0 && <Text c="dimmed">{t('settings.none')}</Text>}
      {rows && rows.length > 0 && (
        <Table.ScrollContainer minWidth={500}>
          <Table verticalSpacing={4} aria-label={title}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={84}>{t('settings.order')}</Table.Th><Table.Th>{t('settings.name')}</Table.Th>
                {number && <Table.Th ta="end">{number.label}</Table.Th>}
                <Table.Th ta="end">{counted}</Table.Th><Table.Th w={130}>{t('settings.offered')}</Table.Th><Table.Th w={90}><VisuallyHidden>{t('settings.actions')}</VisuallyHidden></Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((choice, at) => {
                const name = choiceName(choice);
                const amount = number && choice[number.field];
                return (
                  <Table.Tr key={choice.key} onKeyDown={event => pressed(event, choice, at)}>
                    <Table.Td>
                      <Group gap={2} wrap="nowrap">
                        <ActionIcon variant="subtle" color="gray" aria-label={t('settings.moveUp', { name })} aria-keyshortcuts="Alt+ArrowUp" aria-disabled={at === 0} style={{ opacity: at === 0 ? 0.3 : 1 }} onClick={() => move(choice, at, -1)}><IconArrowUp size={16} /></ActionIcon>
                        <ActionIcon variant="subtle" color="gray" aria-label={t('settings.moveDown', { name })} aria-keyshortcuts="Alt+ArrowDown" aria-disabled={at === rows.length - 1} style={{ opacity: at === rows.length - 1 ? 0.3 : 1 }} onClick={() => move(choice, at, 1)}><IconArrowDown size={16} /></ActionIcon>
                      </Group>
                    </Table.Td>
                    <Table.Td><Text size="sm" fw={500} c={choice.disabled ? 'dimmed' : undefined}>{name}</Text></Table.Td>
                    {number && <Table.Td ta="end">{amount == null ? '' : `${whole(amount)} %`}</Table.Td>}
                    <Table.Td ta="end">{choice.count == null ? '' : whole(choice.count)}</Table.Td>
                    <Table.Td>
                      {choice.builtIn
                        ? <Tooltip label={t('settings.builtInWhy')}><Badge variant="default" tt="none" leftSection={<IconLock size={12} />}>{t('settings.builtIn')}</Badge></Tooltip>
                        : <Switch size="sm" checked={!choice.disabled} aria-label={t('settings.offer', { name })} label={t(choice.disabled ? 'settings.no' : 'settings.yes')} onChange={e => change.mutate({ key: choice.key, fields: { disabled: !e.currentTarget.checked } })} />}
                    </Table.Td>
                    <Table.Td>
                      <Group gap={2} wrap="nowrap" justify="flex-end">
                        <ActionIcon variant="subtle" color="gray" aria-label={t('settings.edit', { name })} onClick={() => setOpen({ what: 'edit', choice })}><IconPencil size={16} /></ActionIcon>
                        {!choice.builtIn && <ActionIcon variant="subtle" color="gray" aria-label={t('settings.remove', { name })} onClick={() => { remove.reset(); setOpen({ what: 'remove', choice }); }}><IconTrash size={16} /></ActionIcon>}
                      </Group>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Suspense>
        {open?.what === 'edit' && <ChoiceDialog title={title} {...(open.choice ? { choice: open.choice } : {})} {...(number ? { number } : {})} onClose={done} onSave={fields => (open.choice ? change.mutateAsync({ key: open.choice.key, fields }) : add.mutateAsync(fields))} />}
      </Suspense>
      {open?.what === 'remove' && open.choice && (
        <Confirm title={t('settings.removeSure', { name: choiceName(open.choice) })} yes={t(isRefused ? 'settings.closeInstead' : 'settings.removeNow')} isDanger={!isRefused} isWaiting={remove.isPending || change.isPending} onNo={done}
          onYes={() => (isRefused ? change.mutate({ key: open.choice!.key, fields: { disabled: true } }, { onSuccess: done }) : remove.mutate(open.choice!.key, { onSuccess: done }))}>
          <Text size="sm" mb="xs">{removing}</Text>
          <ProblemNote error={remove.error} />
        </Confirm>
      )}
    </Stack>
  );
}
