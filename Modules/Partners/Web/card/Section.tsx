import { ActionIcon, Group, Paper, Text, Title, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditForm } from '@web/edit/EditForm';
import { type Form, useForm } from '@web/edit/useForm';
import { useSave } from '@web/edit/useSave';
import { useKeys } from '@web/parts/useKeys';
import { useMayWrite } from '@web/session/session';
import { usePartnerThing, useRefusals, writtenPartner } from '../fields/partner';
import type { Partner } from '../partners';
import classes from './Card.module.css';

export type Fact = [term: string, value: ReactNode];

interface Props {
  partner: Partner;
  title: string;
  facts: Fact[];
  fields: (form: Form) => ReactNode;
  /** A key that opens the form at one of its fields, such as t: the one with data-field tags. */
  shortcut?: { key: string; field: string; name: string };
}

/** A part of the card: its facts, and by pencil or E its form. */
export function Section({ partner, title, facts, fields, shortcut }: Props) {
  const { t } = useTranslation('partners');
  const mayWrite = useMayWrite();
  /** The field to begin with; '' = the first. */
  const [at, setAt] = useState<string | null>(null);
  const isOpen = at !== null;
  const close = () => setAt(null);
  useKeys(shortcut ? { [shortcut.key]: mayWrite && !isOpen && { text: t('web:help.change', { name: shortcut.name }), run: () => setAt(shortcut.field) } } : {});
  const pencil = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  // Who ends the form stands where it was opened.
  useEffect(() => { if (wasOpen.current && !isOpen) pencil.current?.focus(); wasOpen.current = isOpen; }, [isOpen]);
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={title} className={classes.section} data-section data-open={isOpen || undefined}>
      <Group justify="space-between" mb="xs" h={28} wrap="nowrap">
        <Title order={2} size="h6">{title}</Title>
        {mayWrite && !isOpen && <Tooltip label={t('card.edit', { section: title })}><ActionIcon ref={pencil} variant="subtle" color="gray" data-pencil aria-label={t('card.edit', { section: title })} onClick={() => setAt('')}><IconPencil size={17} /></ActionIcon></Tooltip>}
      </Group>
      {isOpen ? <SectionForm partner={partner} title={title} fields={fields} at={at} onDone={close} /> : <Facts facts={facts} />}
    </Paper>
  );
}

function SectionForm({ partner, title, fields, at, onDone }: { partner: Partner; title: string; fields: Props['fields']; at: string; onDone: () => void }) {
  // The version that the user sees, however the card changes underneath.
  const [seen] = useState(partner);
  const saving = useSave(usePartnerThing(partner));
  const form = useForm(writtenPartner(seen), saving.error, useRefusals());
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.querySelector<HTMLElement>(at ? `[data-field="${at}"]` : 'input, textarea')?.focus(), [at]);
  const save = async () => {
    const saved = await saving.save(form.changes, seen);
    if (saved) onDone();
    return saved;
  };
  return (
    <div ref={element}>
      <EditForm form={form} label={title} error={saving.error} isSaving={saving.isSaving} onSave={save} onCancel={onDone}>{fields(form)}</EditForm>
      {saving.dialog}
    </div>
  );
}

/** Terms and what is known; what is not known has a dash, so that one sees that it could be. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([term, value]) => [
        <Text key={`${term} term`} component="dt" size="sm" c="dimmed">{term}</Text>,
        <Text key={term} component="dd" size="sm" m={0} className={classes.fact}>{value || <Text span c="dimmed" inherit aria-hidden>–</Text>}</Text>,
      ])}
    </dl>
  );
}
