import { MultiSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EditForm } from '@web/edit/EditForm';
import { FigureInput } from '@web/edit/numbers';
import { useForm } from '@web/edit/useForm';
import { Dialog } from '@web/parts/Dialog';
import { type Action, type Plugin, useCompanies } from './plugins';
import { meaningOf } from './Refused';

interface Props { plugin: Plugin; version: string; error: unknown; isWaiting: boolean; onStart: (action: Action) => void; onClose: () => void }

/** Lets some companies try a version first. */
export function CanaryDialog({ plugin, version, error, isWaiting, onStart, onClose }: Props) {
  const { t } = useTranslation('integrations');
  const { companies } = useCompanies();
  // A trial that goes on is changed; another one begins anew.
  const going = plugin.canary?.version === version ? plugin.canary : null;
  const slugs = companies.filter(c => going?.companies.includes(c.number)).map(c => c.slug);
  const form = useForm({ companies: slugs, percent: going ? going.errorRate * 100 : 10 }, error, code => t(`refused.${code}`, { defaultValue: '' }) || [meaningOf(error, t), error instanceof Error ? error.message : ''].filter(Boolean).join(' '));
  const start = () => {
    onStart({ kind: 'canary', version, companies: form.list('/companies'), errorRate: ((form.value('/percent') as number | null) ?? 0) / 100 });
    // The page closes it once the server has agreed.
    return Promise.resolve(true);
  };
  return (
    <Dialog title={t('canary.title', { version })} onClose={onClose}>
      <EditForm form={form} label={t('canary.title', { version })} error={error} isSaving={isWaiting} save={t('action.canary')} onSave={start} onCancel={onClose}>
        <Text size="sm">{t('canary.why')}</Text>
        <MultiSelect searchable openOnFocus={false} data-autofocus label={t('canary.companies')} required data={companies.filter(c => c.active).map(c => ({ value: c.slug, label: c.name }))} value={form.list('/companies')} error={form.error('/companies')} onChange={value => form.set('/companies', value)} />
        <FigureInput label={t('canary.rate')} description={t('canary.rateWhy')} required suffix=" %" max={100} decimalScale={1} maw={200} value={form.value('/percent') as number | null} error={form.error('/errorRate')} onChange={value => form.set('/percent', value)} />
      </EditForm>
    </Dialog>
  );
}
