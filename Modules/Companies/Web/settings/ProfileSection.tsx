import { Fieldset, Select, SimpleGrid, Skeleton, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import { FigureInput } from '@web/edit/numbers';
import type { Members } from '@web/edit/patch';
import type { Editable } from '@web/edit/saving';
import { CountrySelect } from '@web/edit/selects';
import { useForm } from '@web/edit/useForm';
import { useSave } from '@web/edit/useSave';
import { type Language, language, languages } from '@web/i18n';
import { type Profile, readProfile, useProfile } from '@web/parts/company';
import { currencies } from '@web/parts/currencies';
import { country } from '@web/parts/formats';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { SettingsHead } from '@web/settings/SettingsHead';
import { creditCounts, timeZones } from './profile';
import { Rates } from './Rates';

const monthName = (month: number) => new Intl.DateTimeFormat(language(), { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2000, month - 1, 1)));

/** The company's own name, currency, time zone and so on, and when it warns of credit. */
export default function ProfileSection() {
  const { t } = useTranslation('companies');
  const { data: profile, error, refetch } = useProfile();
  const [round, setRound] = useState(0);
  return (
    <Stack>
      <SettingsHead title={t('profile.title')} />
      {error && <ProblemPanel error={error} retry={() => void refetch()} />}
      {!profile && !error && <Skeleton height={420} />}
      {profile && <ProfileForm key={round} profile={profile} onDone={() => setRound(round + 1)} />}
    </Stack>
  );
}

function useEditableProfile(profile: Profile): Editable<Profile> {
  const { t } = useTranslation('companies');
  const company = useCompany();
  return {
    company, key: [company, 'company'], name: profile.name,
    read: () => readProfile(company),
    write: (patch, ifMatch) => answer(api.PATCH('/api/v1/{company}/company', { params: { path: { company }, header: { 'If-Match': ifMatch } }, body: patch as Schemas['ChangeCompanyProfile'] })),
    written: ({ name, baseCurrency, timeZone, language: tongue, country: code, fiscalYearStart, rates, credit }) => ({ name, baseCurrency, timeZone, language: tongue, country: code, fiscalYearStart, rates, credit: { ...credit } }),
    label: pointer => (pointer.startsWith('/rates/') ? pointer.slice('/rates/'.length) : t(`profile.${pointer.slice(1).replaceAll('/', '.')}`)),
    words: (pointer, value) => (value === null ? '' : pointer === '/country' ? country(String(value)) : pointer === '/language' ? languages[value as Language] ?? '' : pointer === '/credit/counts' ? t(`counts.${String(value)}`) : pointer === '/fiscalYearStart' ? monthName(Number(value)) : String(value)),
  };
}

function ProfileForm({ profile, onDone }: { profile: Profile; onDone: () => void }) {
  const { t } = useTranslation('companies');
  const thing = useEditableProfile(profile);
  const { save, isSaving, error, dialog } = useSave(thing);
  // The version that the user sees, however the profile changes underneath.
  const [seen] = useState(profile);
  const form = useForm(thing.written(seen), error, () => '');
  const submit = async () => {
    const saved = await save(form.changes, seen);
    if (saved) onDone();
    return saved;
  };
  const select = (pointer: string, data: { value: string; label: string }[] | string[]) => ({
    required: true, searchable: true, allowDeselect: false, label: t(`profile.${pointer.slice(1).replaceAll('/', '.')}`), value: form.text(pointer), error: form.error(pointer),
    data: data.some(d => (typeof d === 'string' ? d : d.value) === form.text(pointer)) ? data : [...data as string[], form.text(pointer)],
  });
  return (
    <>
      <EditForm form={form} label={t('profile.title')} error={error} isSaving={isSaving} onCancel={onDone} onSave={submit}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput label={t('profile.name')} required value={form.text('/name')} error={form.error('/name')} onChange={e => form.set('/name', e.currentTarget.value)} />
          <CountrySelect label={t('profile.country')} required value={form.text('/country')} error={form.error('/country')} onChange={value => form.set('/country', value)} />
          <Select {...select('/baseCurrency', currencies)} onChange={value => form.set('/baseCurrency', value)} />
          <Select {...select('/language', Object.entries(languages).map(([value, label]) => ({ value, label })))} description={t('profile.languageWhy')} inputWrapperOrder={['label', 'input', 'description', 'error']} onChange={value => form.set('/language', value)} />
          <Select {...select('/timeZone', timeZones)} description={t('profile.timeZoneWhy')} inputWrapperOrder={['label', 'input', 'description', 'error']} onChange={value => form.set('/timeZone', value)} />
          <Select {...select('/fiscalYearStart', Array.from({ length: 12 }, (_, i) => ({ value: `${i + 1}`, label: monthName(i + 1) })))} onChange={value => form.set('/fiscalYearStart', Number(value))} />
        </SimpleGrid>
        <Fieldset legend={t('profile.credit')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <Select {...select('/credit/counts', creditCounts.map(value => ({ value, label: t(`counts.${value}`) })))} searchable={false} onChange={value => form.set('/credit/counts', value)} />
            <FigureInput label={t('profile.credit.marginPercent')} description={t('profile.marginWhy')} inputWrapperOrder={['label', 'input', 'description', 'error']} suffix=" %" max={1000} decimalScale={2} value={form.value('/credit/marginPercent') as number | null} error={form.error('/credit')} onChange={value => form.set('/credit/marginPercent', value ?? 0)} />
          </SimpleGrid>
        </Fieldset>
        <Rates rates={form.value('/rates') as Members} base={form.text('/baseCurrency')} ratesAt={seen.ratesAt} error={form.error('/rates')} onChange={(currency, rate) => form.set(`/rates/${currency}`, rate)} />
      </EditForm>
      {dialog}
    </>
  );
}
