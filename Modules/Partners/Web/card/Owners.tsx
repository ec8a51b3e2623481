import { ActionIcon, Badge, Button, Group, Paper, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconStar, IconUserPlus, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceSelect, PersonSelect } from '@web/edit/selects';
import { useSave } from '@web/edit/useSave';
import { problemText } from '@web/parts/ProblemText';
import { useDepartments } from '@web/parts/company';
import { useKeys } from '@web/parts/useKeys';
import { useMayWrite } from '@web/session/session';
import { usePartnerThing } from '../fields/partner';
import { type Partner, useUsers } from '../partners';
import classes from './Card.module.css';

/** Who looks after the partner: one main owner and any number of others (R56); each change is saved at once. */
export function Owners({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  const mayWrite = useMayWrite();
  const users = useUsers();
  const departments = useDepartments().data ?? [];
  const saving = useSave(usePartnerThing(partner));
  const [chosen, setChosen] = useState<string | null>(null);
  const [isTwice, setTwice] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useKeys({ o: mayWrite && { text: t('owner.choose'), run: () => field.current?.focus() } });
  const owners = [...(partner.owner ? [partner.owner] : []), ...partner.coOwners.filter(o => o.id !== partner.owner?.id)];
  const others = partner.coOwners.map(o => o.id);
  const isGone = (id: string) => users.some(u => u.id === id && u.disabled);

  const add = async () => {
    if (chosen === null) return;
    const already = owners.some(o => o.id === chosen);
    setTwice(already);
    // Who has chosen the next one meanwhile keeps that.
    if (!already && await saving.save(partner.owner ? { coOwners: [...others, chosen] } : { owner: chosen }, partner)) setChosen(now => (now === chosen ? null : now));
  };
  const remove = (id: string) => void saving.save(id === partner.owner?.id ? { owner: null } : { coOwners: others.filter(o => o !== id) }, partner);
  const makeMain = (id: string) => void saving.save({ owner: id, coOwners: [...(partner.owner ? [partner.owner.id] : []), ...others.filter(o => o !== id)] }, partner);
  const offered = departments.filter(d => !d.disabled);

  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={t('card.owners')} className={classes.section}>
      <Title order={2} size="h6" mb="xs" lh="28px">{t('card.owners')}</Title>
      <Stack gap={6}>
        {owners.length === 0 && <Text size="sm" c="dimmed">{t('owner.none')}</Text>}
        {owners.length > 0 && (
          <Stack gap={2} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {owners.map(owner => (
              <Group key={owner.id} component="li" gap={6} wrap="nowrap" mih={28}>
                <Text size="sm" truncate c={isGone(owner.id) ? 'dimmed' : undefined} fs={isGone(owner.id) ? 'italic' : undefined} title={isGone(owner.id) ? t('owner.disabled') : undefined}>{owner.name}</Text>
                {owner.id === partner.owner?.id && <Badge size="sm" variant="light" tt="none" radius="sm" style={{ flex: 'none' }}>{t('owner.main')}</Badge>}
                {mayWrite && (
                  <Group gap={0} ml="auto" wrap="nowrap">
                    {owner.id !== partner.owner?.id && !isGone(owner.id) && <Tooltip label={t('owner.makeMain', { name: owner.name })}><ActionIcon variant="subtle" color="gray" aria-label={t('owner.makeMain', { name: owner.name })} onClick={() => makeMain(owner.id)}><IconStar size={15} /></ActionIcon></Tooltip>}
                    <Tooltip label={t('owner.remove', { name: owner.name })}><ActionIcon variant="subtle" color="gray" aria-label={t('owner.remove', { name: owner.name })} onClick={() => remove(owner.id)}><IconX size={15} /></ActionIcon></Tooltip>
                  </Group>
                )}
              </Group>
            ))}
          </Stack>
        )}
        {mayWrite && (
          <Group gap="xs" wrap="nowrap" align="start">
            <PersonSelect ref={field} size="xs" flex={1} aria-label={t('owner.choose')} placeholder={t('owner.choose')} value={chosen} onChange={id => { setChosen(id); setTwice(false); }} error={isTwice ? t('owner.twice') : undefined} />
            <Button size="xs" variant="default" leftSection={<IconUserPlus size={14} />} disabled={chosen === null} loading={saving.isSaving} onClick={() => void add()}>{t('owner.add')}</Button>
          </Group>
        )}
        {offered.length > 1 && (mayWrite
          ? <ChoiceSelect size="xs" label={t('field.department')} choices={offered.map(d => ({ key: d.id, name: d.name, names: {}, disabled: false }))} value={partner.department?.id ?? null} onChange={id => void saving.save({ department: id }, partner)} />
          : <Text size="sm"><Text span c="dimmed" inherit>{t('field.department')}</Text> {partner.department?.name ?? '–'}</Text>)}
        {saving.error !== null && <Text size="sm" c="var(--mantine-color-error)" role="alert">{problemText(saving.error, t)}</Text>}
      </Stack>
      {saving.dialog}
    </Paper>
  );
}
