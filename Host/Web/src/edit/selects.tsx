import { Group, Loader, MultiSelect, type MultiSelectProps, Select, type SelectProps, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { type Choice, choiceName, useUsers } from '@web/parts/choices';
import { Flag, knownCountries } from '@web/parts/Flag';
import { country } from '@web/parts/formats';
import { useCompany } from '@web/session/session';

type One = Omit<SelectProps, 'data' | 'value' | 'onChange'> & { value: string | null; onChange: (value: string | null) => void };
type Many = Omit<MultiSelectProps, 'data' | 'value' | 'onChange'> & { value: string[]; onChange: (value: string[]) => void };

/** The labels of the button that empties a field. */
function useClear(label: unknown, isClearable: boolean) {
  const { t } = useTranslation();
  return isClearable ? { clearable: true, clearButtonProps: { 'aria-label': t('web:edit.clear', { field: typeof label === 'string' ? label : '' }) } } : {};
}

/** What is chosen stays in the list though it is offered no more. */
const offered = (choices: readonly Choice[], chosen: readonly string[]) => [
  ...choices.filter(c => !c.disabled || chosen.includes(c.key)).map(c => ({ value: c.key, label: choiceName(c) })),
  ...chosen.filter(key => choices.every(c => c.key !== key)).map(key => ({ value: key, label: key })),
];

/** One of the company's own choices: a stage, an industry. */
export function ChoiceSelect({ choices, value, required, ...input }: One & { choices: readonly Choice[] }) {
  const { t } = useTranslation();
  return <Select searchable selectFirstOptionOnChange required={required} allowDeselect={!required} nothingFoundMessage={t('web:edit.nothing')} {...useClear(input.label, !required)} {...input} value={value} data={offered(choices, value ? [value] : [])} />;
}

const createPrefix = 'create ';

/** Several of the company's own choices: relations, tags. With onCreate a new one can be made by typing its name; it answers its key. */
export function ChoicesSelect({ choices, value, onChange, onCreate, ...input }: Many & { choices: readonly Choice[]; onCreate?: (name: string) => Promise<string> }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const isNew = onCreate && name !== '' && choices.every(c => choiceName(c).toLowerCase() !== name.toLowerCase());
  const data = [...offered(choices, value), ...(isNew ? [{ value: `${createPrefix}${name}`, label: t('web:edit.create', { name }) }] : [])];
  const take = async (keys: string[]) => {
    const made = keys.find(key => key.startsWith(createPrefix));
    if (!made || !onCreate) { onChange(keys); return; }
    setTyped('');
    const key = await onCreate(made.slice(createPrefix.length)).catch(() => null);
    if (key !== null) onChange([...keys.filter(k => k !== made && k !== key), key]);
  };
  return <MultiSelect searchable selectFirstOptionOnChange hidePickedOptions searchValue={typed} onSearchChange={setTyped} nothingFoundMessage={t('web:edit.nothing')} {...useClear(input.label, true)} {...input} data={data} value={value} onChange={keys => void take(keys)} />;
}

/** Somebody of the company. Who left is shown greyed while chosen, and cannot be chosen anew. */
export function PersonSelect({ value, named, required, except = [], ...input }: One & { named?: Schemas['NamedId'] | null; except?: readonly string[] }) {
  const { t } = useTranslation();
  const users = useUsers();
  const data = users.filter(u => u.id !== null && (!u.disabled || u.id === value) && !except.includes(u.id))
    .map(u => ({ value: u.id!, label: u.disabled ? t('web:edit.left', { name: u.name }) : u.name, disabled: u.disabled }));
  const chosen = value && data.every(d => d.value !== value) ? [{ value, label: named?.id === value ? named.name : value, disabled: false }] : [];
  const isGone = users.some(u => u.id === value && u.disabled);
  return <Select searchable selectFirstOptionOnChange required={required} allowDeselect={!required} nothingFoundMessage={t('web:edit.nothing')} {...useClear(input.label, !required)} {...input} value={value} data={[...data, ...chosen]}
    {...(isGone ? { styles: { input: { color: 'var(--mantine-color-dimmed)', fontStyle: 'italic' } } } : {})} />;
}

const countries = () => knownCountries.map(code => ({ value: code, label: country(code) })).sort((a, b) => a.label.localeCompare(b.label));

/** A country, by flag and name in the user's language. */
export function CountrySelect({ value, required, ...input }: One) {
  const { t } = useTranslation();
  const data = countries();
  return (
    <Select searchable required={required} allowDeselect={!required} nothingFoundMessage={t('web:edit.nothing')} {...useClear(input.label, !required)} {...input} value={value}
      data={value && data.every(d => d.value !== value) ? [...data, { value, label: country(value) }] : data} leftSection={value ? <Flag code={value} size={16} /> : undefined}
      renderOption={({ option }) => <Group gap={8} wrap="nowrap"><Flag code={option.value} size={16} />{option.label}</Group>} />
  );
}

/** The partner that something is for: searched while typing, by name, number, organisation number, place or contact (R22, R82). */
export function PartnerSelect({ value, named, onChange, required, except, ...input }: Omit<One, 'value' | 'onChange'> & {
  value: number | null; named?: { number: number; name: string } | null; except?: number; onChange: (number: number | null, partner: Schemas['PartnerView'] | null) => void;
}) {
  const { t } = useTranslation();
  const company = useCompany();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const known = [named?.name, ...queries.getQueriesData<{ name: string }>({ queryKey: [company, 'partners', value], exact: true }).map(([, p]) => p?.name)].find(Boolean);
  const words = asked === known ? '' : asked;
  const { data, isFetching } = useQuery({
    queryKey: [company, 'partners', 'choose', words],
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/partners', { params: { path: { company }, query: { limit: 20, ...(words ? { q: words } : {}) } }, signal }))).items,
    placeholderData: before => before,
  });
  const found = (data ?? []).filter(p => p.number !== except);
  const chosen = value !== null && found.every(p => p.number !== value) ? [{ value: `${value}`, label: known ?? `${value}` }] : [];
  return (
    <Select searchable openOnFocus={false} required={required} allowDeselect={!required} {...useClear(input.label, !required)} {...input} value={value === null ? null : `${value}`} searchValue={typed} onSearchChange={setTyped}
      // The server has searched; what it found by place or number has other names.
      filter={({ options }) => options} data={[...found.map(p => ({ value: `${p.number}`, label: p.name })), ...chosen]} rightSection={isFetching ? <Loader size="xs" /> : undefined}
      nothingFoundMessage={isFetching ? t('web:edit.searching') : t('web:edit.nothing')}
      renderOption={({ option }) => {
        const partner = found.find(p => `${p.number}` === option.value);
        return (
          <Group gap={8} wrap="nowrap" justify="space-between" w="100%">
            <Group gap={8} wrap="nowrap" miw={0}>{partner && <Flag code={partner.country} size={16} />}<Text size="sm" truncate>{option.label}</Text></Group>
            {partner && <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>{[partner.number, partner.addresses.visiting?.city ?? partner.addresses.postal?.city].filter(Boolean).join(' · ')}</Text>}
          </Group>
        );
      }}
      onChange={key => { const partner = found.find(p => `${p.number}` === key) ?? null; onChange(key === null ? null : Number(key), partner); }} />
  );
}
