import { Alert, Button, Group, MultiSelect, Select, Stack, TextInput, Title } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@web/api/client';
import { Problem } from '@web/api/problem';
import { knownCountries } from '@web/parts/Flag';
import { country } from '@web/parts/formats';
import { problemText } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { choiceName, useChoices } from './partners';

/** /{company}/partners/new: what a partner must have; saving leads to its card (R20). */
export default function CreatePage() {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const go = useNavigate();
  const queries = useQueryClient();
  const [fields, setFields] = useState({ name: '', country: 'SE', organisationNumber: '', relations: ['customer'], stage: null as string | null });
  const set = (change: Partial<typeof fields>) => setFields({ ...fields, ...change });
  const relations = useChoices('relations').all;
  const stages = useChoices('stages').all;
  const wanted = JSON.stringify(fields);
  const key = useMemo(() => `${wanted.length}-${[...crypto.getRandomValues(new Uint32Array(4))].join('-')}`, [wanted]);
  const create = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/{company}/partners', {
      params: { path: { company }, header: { 'Idempotency-Key': key } },
      body: { name: fields.name, country: fields.country, relations: fields.relations, ...(fields.organisationNumber ? { organisationNumber: fields.organisationNumber } : {}), ...(fields.stage ? { stage: fields.stage } : {}) },
    })),
    onSuccess: async partner => {
      await queries.invalidateQueries({ queryKey: [company] });
      void go({ to: `/${company}/partners/${partner.number}` });
    },
  });
  const of = (pointer: string) => (create.error instanceof Problem ? create.error.of(pointer) : undefined);
  const countries = knownCountries.map(code => ({ value: code, label: country(code) })).sort((a, b) => a.label.localeCompare(b.label));
  return (
    <Stack p="md" maw={560}>
      <Title order={1} size="h3">{t('create.title')}</Title>
      <form noValidate onSubmit={event => { event.preventDefault(); create.mutate(); }}>
        <Stack>
          {create.error && <Alert color="red" icon={<IconAlertCircle />} role="alert">{problemText(create.error, t)}</Alert>}
          <TextInput label={t('column.name')} required autoFocus value={fields.name} error={of('/name')} onChange={e => set({ name: e.currentTarget.value })} />
          <Select label={t('column.country')} required searchable data={countries} value={fields.country} error={of('/country')} onChange={value => set({ country: value ?? fields.country })} />
          <TextInput label={t('field.organisationNumber')} value={fields.organisationNumber} error={of('/organisationNumber')} onChange={e => set({ organisationNumber: e.currentTarget.value })} />
          <MultiSelect label={t('filter.relation')} required data={relations.filter(r => !r.disabled).map(r => ({ value: r.key, label: choiceName(r) }))} value={fields.relations} error={of('/relations')} onChange={value => set({ relations: value })} />
          <Select label={t('column.stage')} clearable clearButtonProps={{ 'aria-label': t('filter.clearOne', { field: t('column.stage') }) }} data={stages.filter(s => !s.disabled).map(s => ({ value: s.key, label: choiceName(s) }))} value={fields.stage} error={of('/stage')} onChange={value => set({ stage: value })} />
          <Group justify="flex-end">
            <Button variant="default" component={Link} to={`/${company}/crm`}>{t('web:cancel')}</Button>
            <Button type="submit" loading={create.isPending}>{t('create.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}
