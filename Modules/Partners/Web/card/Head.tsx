import { Badge, Button, Group, Menu, Text, Title } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSave } from '@web/edit/useSave';
import { Flag } from '@web/parts/Flag';
import { country } from '@web/parts/formats';
import { useKeys } from '@web/parts/useKeys';
import { useMayWrite } from '@web/session/session';
import { usePartnerThing } from '../fields/partner';
import { choiceName, type Partner, useChoices } from '../partners';
import { Stage } from '../Stage';
import classes from './Card.module.css';
import { Logo } from './Logo';
import { Warnings } from './Warnings';

/** Who it is: logo, name, number, country, relations, stage, owner. */
export function Head({ partner, actions }: { partner: Partner; actions: ReactNode }) {
  const { t } = useTranslation('partners');
  const relations = useChoices('relations');
  return (
    <>
      <header className={classes.head}>
        <Logo partner={partner} />
        <div>
          <Title order={1} size="h3" className={classes.name} lh={1.25}>{partner.name}</Title>
          <Group gap="xs" mt={4}>
            <Text size="sm" c="dimmed">{t('card.number', { number: partner.number })}</Text>
            <Group gap={6} wrap="nowrap"><Flag code={partner.country} size={16} /><Text size="sm" aria-hidden>{country(partner.country)}</Text></Group>
            {partner.relations.filter(relations.name).map(relation => <Badge key={relation} variant="default" radius="sm" tt="none" fw={500}>{relations.name(relation)}</Badge>)}
            <StagePicker partner={partner} />
            <Text size="sm" c="dimmed">{partner.owner ? t('owner.ownedBy', { name: partner.owner.name }) : t('owner.none')}</Text>
          </Group>
        </div>
        <Group gap="xs" justify="flex-end">{actions}</Group>
      </header>
      <Warnings partner={partner} />
    </>
  );
}

/** The stage; a click or S sets it (R36). */
function StagePicker({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners');
  const mayWrite = useMayWrite();
  const { all, name } = useChoices('stages');
  const saving = useSave(usePartnerThing(partner));
  const [isOpen, setOpen] = useState(false);
  useKeys({ s: mayWrite && { text: t('web:help.change', { name: t('column.stage') }), run: () => setOpen(true) } });
  if (!mayWrite) return <Stage stage={partner.stage} />;
  const current = partner.stage ? name(partner.stage.key) : t('bulk.noStage');
  const set = (stage: string | null) => void saving.save({ stage }, partner);
  return (
    <>
      <Menu opened={isOpen} onChange={setOpen} position="bottom-start">
        <Menu.Target>
          <Button size="compact-xs" variant="subtle" color="gray" px={4} h={26} rightSection={<IconChevronDown size={13} />} aria-label={t('stage.set', { stage: current })}>{partner.stage ? <Stage stage={partner.stage} /> : current}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {all.filter(s => !s.disabled || s.key === partner.stage?.key).map(s => <Menu.Item key={s.key} aria-current={s.key === partner.stage?.key} fw={s.key === partner.stage?.key ? 700 : undefined} onClick={() => set(s.key)}>{choiceName(s)}</Menu.Item>)}
          <Menu.Divider />
          <Menu.Item aria-current={partner.stage === null} fw={partner.stage === null ? 700 : undefined} onClick={() => set(null)}>{t('bulk.noStage')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {saving.dialog}
    </>
  );
}
