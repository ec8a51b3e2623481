import { Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditForm } from '@web/edit/EditForm';
import { Part } from '@web/edit/Part';
import { type Form, useForm } from '@web/edit/useForm';
import { useSave } from '@web/edit/useSave';
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
  return (
    <Part title={title} edit={t('card.edit', { section: title })} mayChange={useMayWrite()} shortcuts={shortcut ? [{ ...shortcut, text: t('web:help.change', { name: shortcut.name }) }] : []}
      form={close => <SectionForm partner={partner} title={title} fields={fields} onDone={close} />}>
      <Facts facts={facts} />
    </Part>
  );
}

function SectionForm({ partner, title, fields, onDone }: { partner: Partner; title: string; fields: Props['fields']; onDone: () => void }) {
  // The version that the user sees, however the card changes underneath.
  const [seen] = useState(partner);
  const saving = useSave(usePartnerThing(partner));
  const form = useForm(writtenPartner(seen), saving.error, useRefusals());
  const save = async () => {
    const saved = await saving.save(form.changes, seen);
    if (saved) onDone();
    return saved;
  };
  return (
    <>
      <EditForm form={form} label={title} error={saving.error} isSaving={saving.isSaving} onSave={save} onCancel={onDone}>{fields(form)}</EditForm>
      {saving.dialog}
    </>
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
