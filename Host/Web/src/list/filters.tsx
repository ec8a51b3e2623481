import { Button, Group, Input, MultiSelect, Select, Stack, TextInput, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayInput } from '@web/edit/DayInput';
import { FigureInput } from '@web/edit/numbers';
import { PartnerSelect } from '@web/edit/selects';
import { useUsers } from '@web/parts/choices';
import classes from './filters.module.css';
import { filtersOf, useListSearch } from './search';

const typingPause = 250;

interface Field { field: string; label: string }

/** Text that is looked for a moment after the last key. */
export function TextFilter({ field, label }: Field) {
  const { search, change } = useListSearch();
  const given = search[field] ?? '';
  const [text, setText] = useState(given);
  const apply = useDebouncedCallback((value: string) => change({ [field]: value.trim() }), typingPause);
  // The address bar may change otherwise: back, a link, clear.
  useEffect(() => setText(given), [given]);
  return <TextInput size="xs" label={label} value={text} inputMode={field === 'number' ? 'numeric' : 'text'} onChange={e => { const value = field === 'number' ? e.currentTarget.value.replace(/\D/g, '') : e.currentTarget.value; setText(value); apply(value); }} />;
}

/** Some of a list of values: several of one field widen. */
export function PickFilter({ field, label, data, icon }: Field & { data: { value: string; label: string }[]; icon?: ReactNode }) {
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const picked = search[field]?.split(',') ?? [];
  // What a link asks for and this company does not know (any more) can still be taken away.
  const all = [...data, ...picked.filter(value => data.every(d => d.value !== value)).map(value => ({ value, label: value }))];
  return (
    <MultiSelect size="xs" label={label} data={all} value={picked} searchable clearable hidePickedOptions leftSection={icon} nothingFoundMessage={t('web:edit.nothing')} clearButtonProps={{ 'aria-label': t('web:edit.clear', { field: label }) }}
      placeholder={picked.length === 0 ? t('web:list.any') : ''} onChange={values => change({ [field]: values.join(',') })} />
  );
}

/** Filters under each other: several values of one field widen, several fields narrow. */
export function FilterPane({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { search, clear } = useListSearch();
  return (
    <Stack gap="sm" component="search">
      <Group justify="space-between" h={26}>
        <Title order={2} size="h6">{t('web:filters.title')}</Title>
        {Object.keys(filtersOf(search)).length > 0 && <Button size="compact-xs" variant="subtle" onClick={clear}>{t('web:filters.clear')}</Button>}
      </Group>
      {children}
    </Stack>
  );
}

/** By whom something is owned: oneself, somebody, nobody. */
export function OwnerFilter({ label }: { label: string }) {
  const { t } = useTranslation();
  const users = useUsers().flatMap(u => (u.id ? [{ value: u.id, label: u.name }] : []));
  return <PickFilter field="owner" label={label} data={[{ value: 'me', label: t('web:filters.mine') }, ...users, { value: 'none', label: t('web:filters.none') }]} />;
}

/** Of one customer. */
export function PartnerFilter({ label }: { label: string }) {
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const partner = /^\d+$/.test(search['partner'] ?? '') ? Number(search['partner']) : null;
  return <PartnerSelect size="xs" label={label} placeholder={t('web:list.any')} value={partner} onChange={number => change({ partner: number === null ? '' : `${number}` })} />;
}

/** One of a few, or any. */
export function OneFilter({ label, value, data, onChange }: { label: string; value: string | null; data: { value: string; label: string }[]; onChange: (value: string | null) => void }) {
  const { t } = useTranslation();
  return <Select size="xs" label={label} placeholder={t('web:list.any')} clearable clearButtonProps={{ 'aria-label': t('web:edit.clear', { field: label }) }} value={value} data={data} onChange={onChange} />;
}

/** From one day to another, both included. */
export function DayRangeFilter({ field, label }: Field) {
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const end = (name: 'gte' | 'lte') => <DayInput size="xs" aria-label={t(`web:list.${name}`, { field: label })} value={search[`${field}.${name}`] ?? null} onChange={day => change({ [`${field}.${name}`]: day ?? '' })} />;
  return <Range label={label}>{end('gte')}{end('lte')}</Range>;
}

/** From one amount to another, both included. */
export function FigureRangeFilter({ field, label }: Field) {
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const apply = useDebouncedCallback((name: string, value: number | null) => change({ [`${field}.${name}`]: value === null ? '' : `${value}` }), typingPause);
  const end = (name: 'gte' | 'lte') => {
    const given = search[`${field}.${name}`];
    return <FigureInput size="xs" aria-label={t(`web:list.${name}`, { field: label })} value={given ? Number(given) : null} onChange={value => { if (`${value ?? ''}` !== (given ?? '')) apply(name, value); }} />;
  };
  return <Range label={label}>{end('gte')}{end('lte')}</Range>;
}

function Range({ label, children }: { label: string; children: ReactNode }) {
  return <Input.Wrapper size="xs" label={label} labelElement="div" role="group" aria-label={label}><div className={classes.range}>{children}</div></Input.Wrapper>;
}
