import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { DayInput } from '@web/edit/DayInput';
import { EditForm } from '@web/edit/EditForm';
import { FigureInput, MoneyInput } from '@web/edit/numbers';
import type { Members } from '@web/edit/patch';
import { ChoiceSelect, PartnerSelect, PersonSelect } from '@web/edit/selects';
import { useForm } from '@web/edit/useForm';
import { useIdempotencyKeys } from '@web/edit/idempotency';
import { useCompany } from '@web/session/session';
import { Weighted } from '../case/Figures';
import { QuickDays } from '../case/members';
import { dateFields, useStatuses } from '../cases';
import { useRefusals } from '../editing';
import { weighted } from '../weighted';
import { NewCustomer } from './NewCustomer';

/** What is left empty is not named. */
const written = (members: Members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as Schemas['CaseFields'];

interface Props { partner: { number: number; name: string } | null; currencies: string[]; start: Members }

/** What a case is: only its customer and its title must be told (R81–R85, R94). */
export function CaseForm({ partner, currencies, start }: Props) {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const go = useNavigate();
  const queries = useQueryClient();
  const { all, of } = useStatuses();
  const keyOf = useIdempotencyKeys();
  const [made, setMade] = useState<Props['partner']>(null);
  const create = useMutation({
    mutationFn: (body: Schemas['CaseFields']) => answer(api.POST('/api/v1/{company}/cases', { params: { path: { company }, header: { 'Idempotency-Key': keyOf(body) } }, body })),
    onSuccess: async made => {
      await queries.invalidateQueries({ queryKey: [company] });
      await go({ to: `/${company}/cases/${made.number}` });
    },
  });
  const form = useForm(start, create.error, useRefusals());
  const value = form.value('/value') as Schemas['Money'] | null;
  const probability = form.value('/probability') as number | null;
  const status = of(form.text('/status'));
  const isFixed = status !== undefined && status.kind !== 'open';

  const setStatus = (next: string | null) => {
    if (next === null) return;
    // A probability that nobody touched goes with the status.
    if (isFixed || probability === status?.probability || of(next)?.kind !== 'open') form.set('/probability', of(next)?.probability ?? null);
    form.set('/status', next);
  };
  const field = (pointer: string) => ({ label: t(`column.${pointer.slice(1)}`), error: form.error(pointer) });

  return (
    <EditForm form={form} label={t('create.title')} error={create.error} isSaving={create.isPending} onSave={() => create.mutateAsync(written(form.members)).then(() => true, () => false)} onCancel={() => void go({ to: `/${company}/cases` })} save={t('create.save')}>
      <PartnerSelect {...field('/partner')} required autoFocus={partner === null} value={form.value('/partner') as number | null} named={made ?? partner} onChange={number => { setMade(null); form.set('/partner', number); }} />
      <NewCustomer onMade={customer => { setMade(customer); form.set('/partner', customer.number); }} />
      <TextInput {...field('/title')} required autoFocus={partner !== null} maxLength={200} value={form.text('/title')} onChange={e => form.set('/title', e.currentTarget.value)} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <ChoiceSelect {...field('/status')} required choices={all} value={form.text('/status')} onChange={setStatus} />
        <PersonSelect {...field('/owner')} value={form.text('/owner') || null} onChange={id => form.set('/owner', id)} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <FigureInput {...field('/probability')} suffix=" %" allowDecimal={false} disabled={isFixed} description={isFixed ? t(`probability.${status.kind ?? 'won'}`) : undefined} inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={probability} onChange={figure => form.set('/probability', figure)} />
        <MoneyInput {...field('/value')} currencies={currencies} value={value} onChange={money => form.set('/value', money && { ...money })} />
        <Weighted money={weighted(value, probability)} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {dateFields.map(date => (
          <div key={date}>
            <DayInput {...field(`/${date}`)} value={form.text(`/${date}`) || null} onChange={day => form.set(`/${date}`, day)} />
            <div style={{ marginTop: 4 }}><QuickDays label={t(`column.${date}`)} onChoose={day => form.set(`/${date}`, day)} /></div>
          </div>
        ))}
      </SimpleGrid>
      <Textarea label={t('field.description')} error={form.error('/description')} autosize minRows={3} maxRows={12} value={form.text('/description')} onChange={e => form.set('/description', e.currentTarget.value)} />
    </EditForm>
  );
}
