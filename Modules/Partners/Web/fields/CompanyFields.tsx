import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { FigureInput } from '@web/edit/numbers';
import { ChoiceSelect, ChoicesSelect, CountrySelect, PartnerSelect } from '@web/edit/selects';
import type { Form } from '@web/edit/useForm';
import { languageName } from '@web/parts/formats';
import { useCompany, useIsAdmin } from '@web/session/session';
import { useChoices } from '../partners';

const languages = ['sv', 'da', 'nb', 'fi', 'en', 'de'];

/** Name, country and numbers. */
export function IdentityFields({ form, autoFocus, below }: { form: Form; autoFocus?: boolean; below?: ReactNode }) {
  const { t } = useTranslation('partners');
  const text = (pointer: string) => ({ value: form.text(pointer), error: form.error(pointer), onChange: (e: { currentTarget: { value: string } }) => form.set(pointer, e.currentTarget.value) });
  return (
    <>
      <TextInput label={t('column.name')} required data-autofocus autoFocus={autoFocus ?? false} maxLength={200} {...text('/name')} />
      <SimpleGrid type="container" cols={{ base: 1, '360px': 2 }} spacing="sm">
        <CountrySelect label={t('column.country')} required value={form.text('/country')} error={form.error('/country')} onChange={value => form.set('/country', value)} />
        <TextInput label={t('field.organisationNumber')} autoComplete="off" {...text('/organisationNumber')} />
      </SimpleGrid>
      {below}
      <TextInput label={t('field.vatNumber')} autoComplete="off" {...text('/vatNumber')} />
    </>
  );
}

/** What kind of firm it is, and what it is to us. */
export function KindFields({ form }: { form: Form }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const queries = useQueryClient();
  const isAdmin = useIsAdmin();
  const lists = { relations: useChoices('relations').all, stages: useChoices('stages').all, tags: useChoices('tags').all, industries: useChoices('industries').all };
  const createTag = async (name: string) => {
    const key = name.toLowerCase().normalize('NFKD').replaceAll('ø', 'o').replaceAll('æ', 'ae').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40) || `tag-${lists.tags.length + 1}`;
    const tag = await answer(api.POST('/api/v1/{company}/tags', { params: { path: { company } }, body: { key, name } }));
    await queries.invalidateQueries({ queryKey: [company, 'tags'] });
    return tag.key;
  };
  return (
    <>
      <ChoicesSelect label={t('filter.relation')} required choices={lists.relations} value={form.list('/relations')} error={form.error('/relations')} onChange={value => form.set('/relations', value)} />
      <ChoiceSelect label={t('column.stage')} choices={lists.stages} value={form.text('/stage') || null} error={form.error('/stage')} onChange={value => form.set('/stage', value)} />
      <ChoicesSelect data-field="tags" label={t('column.tags')} choices={lists.tags} value={form.list('/tags')} error={form.error('/tags')} onChange={value => form.set('/tags', value)} {...(isAdmin ? { onCreate: createTag } : {})} />
      <SimpleGrid type="container" cols={{ base: 1, '360px': 2 }} spacing="sm">
        <ChoiceSelect label={t('filter.industry')} choices={lists.industries} value={form.text('/industry') || null} error={form.error('/industry')} onChange={value => form.set('/industry', value)} />
        <FigureInput label={t('field.employees')} allowDecimal={false} value={form.value('/employees') as number | null} error={form.error('/employees')} onChange={value => form.set('/employees', value)} />
        <TextInput label={t('field.legalForm')} value={form.text('/legalForm')} error={form.error('/legalForm')} onChange={e => form.set('/legalForm', e.currentTarget.value)} />
        <LanguageSelect form={form} />
      </SimpleGrid>
    </>
  );
}

function LanguageSelect({ form }: { form: Form }) {
  const { t } = useTranslation('partners');
  const value = form.text('/language') || null;
  const known = value && !languages.includes(value) ? [...languages, value] : languages;
  return <Select label={t('field.language')} clearable clearButtonProps={{ 'aria-label': t('filter.clearOne', { field: t('field.language') }) }} data={known.map(code => ({ value: code, label: languageName(code) }))} value={value} error={form.error('/language')} onChange={chosen => form.set('/language', chosen)} />;
}

/** The partner that this one is a branch of (R55). */
export function ParentFields({ form, self, parentName }: { form: Form; self?: number; parentName?: string | undefined }) {
  const { t } = useTranslation('partners');
  const parent = form.value('/parent') as number | null;
  return (
    <SimpleGrid type="container" cols={{ base: 1, '360px': 2 }} spacing="sm">
      <PartnerSelect label={t('field.parent')} value={parent} named={parent !== null && parentName ? { number: parent, name: parentName } : null} error={form.error('/parent')} onChange={number => form.set('/parent', number)} {...(self === undefined ? {} : { except: self })} />
      <TextInput label={t('field.branchNumber')} value={form.text('/branchNumber')} error={form.error('/branchNumber')} onChange={e => form.set('/branchNumber', e.currentTarget.value)} />
    </SimpleGrid>
  );
}
