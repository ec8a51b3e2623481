import { Fieldset, Select, SimpleGrid, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import type { Editable } from '@web/edit/saving';
import { useForm } from '@web/edit/useForm';
import { useSave } from '@web/edit/useSave';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { SettingsHead } from '@web/settings/SettingsHead';
import { kinds } from '../orders';

type Settings = Schemas['OrderSettingsView'];

const texts = ['reference', 'requisition', 'contact', 'description', 'title'], dates = ['startDate', 'deliveryDate', 'expectedClose'];

/** Which of a case's fields can fill which of its order's (R108), as the API has it. */
const sources: Record<string, string[]> = { reference: texts, requisition: texts, contact: texts, note: texts, startDate: dates, deliveryDate: dates, delivery: ['delivery'], line: ['value'] };

const read = (company: string, signal?: AbortSignal): Promise<Settings> => answer(api.GET('/api/v1/{company}/order-settings', { params: { path: { company } }, signal: signal ?? null }));

export default function OrderSettings() {
  const { t } = useTranslation('orders');
  const company = useCompany();
  const [round, setRound] = useState(0);
  const { data: settings, error, refetch } = useQuery({ queryKey: [company, 'order-settings'], queryFn: ({ signal }) => read(company, signal) });
  return (
    <Stack>
      <SettingsHead title={t('settings.title')} about={t('settings.about')} />
      {error && <ProblemPanel error={error} retry={() => void refetch()} />}
      {!settings && !error && <Skeleton height={360} />}
      {settings && <SettingsForm key={round} settings={settings} onDone={() => setRound(round + 1)} />}
    </Stack>
  );
}

function SettingsForm({ settings, onDone }: { settings: Settings; onDone: () => void }) {
  const { t } = useTranslation('orders');
  const company = useCompany();
  const filledBy = (value: unknown) => (value ? t(`source.${String(value)}`) : '');
  const thing: Editable<Settings> = {
    company, key: [company, 'order-settings'], name: t('settings.title'),
    read: () => read(company),
    write: (patch, ifMatch) => answer(api.PATCH('/api/v1/{company}/order-settings', { params: { path: { company }, header: { 'If-Match': ifMatch } }, body: patch as Schemas['ChangeOrderSettings'] })),
    written: ({ convertTo, mapping, keepManualStage }) => ({ convertTo, mapping, keepManualStage }),
    label: pointer => (pointer.startsWith('/mapping/') ? t(`target.${pointer.slice('/mapping/'.length)}`) : t(`settings.${pointer.slice(1)}`)),
    words: (pointer, value) => (pointer.startsWith('/mapping/') ? filledBy(value) : pointer === '/convertTo' ? t(`kind.${String(value)}`) : t(value ? 'web:settings.yes' : 'web:settings.no')),
  };
  const { save, isSaving, error, dialog } = useSave(thing);
  // The version that the user sees, however the settings change underneath.
  const [seen] = useState(settings);
  const form = useForm(thing.written(seen), error, () => '');
  const submit = async () => {
    const saved = await save(form.changes, seen);
    if (saved) onDone();
    return saved;
  };
  return (
    <>
      <EditForm form={form} label={t('settings.title')} error={error} isSaving={isSaving} onCancel={onDone} onSave={submit}>
        <Select maw={320} label={t('settings.convertTo')} allowDeselect={false} data={kinds.map(kind => ({ value: kind, label: t(`kind.${kind}`) }))} value={form.text('/convertTo')} error={form.error('/convertTo')} onChange={kind => form.set('/convertTo', kind)} />
        <Switch label={t('settings.keepManualStage')} description={t('settings.keepWhy')} checked={form.value('/keepManualStage') === true} onChange={e => form.set('/keepManualStage', e.currentTarget.checked)} />
        <Fieldset legend={t('settings.mapping')}>
          <Text size="sm" c="dimmed" mb="sm">{t('settings.mappingWhy')}</Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            {Object.entries(sources).map(([target, from]) => (
              <Select key={target} label={t(`target.${target}`)} placeholder={t('settings.empty')} clearable clearButtonProps={{ 'aria-label': t('web:edit.clear', { field: t(`target.${target}`) }) }} data={from.map(source => ({ value: source, label: t(`source.${source}`) }))}
                value={form.text(`/mapping/${target}`) || null} error={form.error(`/mapping/${target}`)} onChange={source => form.set(`/mapping/${target}`, source)} />
            ))}
          </SimpleGrid>
        </Fieldset>
      </EditForm>
      {dialog}
    </>
  );
}
