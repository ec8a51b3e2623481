import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import { FigureInput } from '@web/edit/numbers';
import { Part } from '@web/edit/Part';
import type { Editable } from '@web/edit/saving';
import { useForm } from '@web/edit/useForm';
import { useSave } from '@web/edit/useSave';
import { useCompany } from '@web/session/session';
import { type Balances, balancesQuery, readBalances } from './rules';

/** After how many hours a balance is called stale. */
export function BalancesPart() {
  const { t } = useTranslation('accounting');
  const { data: balances } = useQuery(balancesQuery(useCompany()));
  if (!balances) return null;
  return (
    <Part title={t('balances.title')} edit={t('balances.edit')} mayChange form={close => <BalancesForm balances={balances} onDone={close} />}>
      <Text size="sm">{t('balances.staleAfter', { count: balances.staleAfterHours })}</Text>
    </Part>
  );
}

function BalancesForm({ balances, onDone }: { balances: Balances; onDone: () => void }) {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  const thing: Editable<Balances> = {
    company, key: balancesQuery(company).queryKey as unknown as string[], name: t('balances.title'),
    read: () => readBalances(company),
    write: (patch, ifMatch) => answer(api.PATCH('/api/v1/{company}/accounting/settings', { params: { path: { company }, header: { 'If-Match': ifMatch } }, body: patch as Schemas['ChangeAccountingSettings'] })),
    written: ({ staleAfterHours }) => ({ staleAfterHours }),
    label: () => t('balances.hours'),
    words: (_, value) => String(value ?? ''),
  };
  const { save, isSaving, error, dialog } = useSave(thing);
  const [seen] = useState(balances);
  const form = useForm(thing.written(seen), error, code => t(`refused.${code}`, { defaultValue: '' }));
  const submit = async () => {
    const saved = await save(form.changes, seen);
    if (saved) onDone();
    return saved;
  };
  return (
    <>
      <EditForm form={form} label={t('balances.title')} error={error} isSaving={isSaving} onSave={submit} onCancel={onDone}>
        <FigureInput label={t('balances.hours')} description={t('balances.why')} allowDecimal={false} w={260} value={form.value('/staleAfterHours') as number | null} error={form.error('/staleAfterHours')} onChange={value => form.set('/staleAfterHours', value)} />
      </EditForm>
      {dialog}
    </>
  );
}
