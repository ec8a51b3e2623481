import { Autocomplete, Fieldset, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { DayInput } from '@web/edit/DayInput';
import { FigureInput } from '@web/edit/numbers';
import { CountrySelect, PersonSelect } from '@web/edit/selects';
import type { Form } from '@web/edit/useForm';
import { useCompany } from '@web/session/session';
import { kinds } from './orders';

/** The customer's people, to choose whom to ask; another name can be written. */
function useContactNames(partner: number | null): string[] {
  const company = useCompany();
  const { data } = useQuery({ queryKey: [company, 'partners', partner, 'contacts', 'names'], queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/partners/{number}/contacts', { params: { path: { company, number: partner! } }, signal }))).items, enabled: partner !== null });
  return [...new Set((data ?? []).filter(contact => contact.active).map(contact => contact.name))];
}

/** All of an order but its customer and its lines. */
export function OrderFields({ form, partner, owner, usualCreditDays }: { form: Form; partner: number | null; owner?: Schemas['NamedId'] | null; usualCreditDays?: number | null }) {
  const { t } = useTranslation('orders');
  const contacts = useContactNames(partner);
  const at = (member: string) => ({ label: t(`field.${member.replaceAll('/', '.')}`), error: form.error(`/${member}`) });
  const text = (member: string) => ({ ...at(member), value: form.text(`/${member}`), onChange: (e: { currentTarget: { value: string } }) => form.set(`/${member}`, e.currentTarget.value) });
  const date = (member: string) => ({ ...at(member), value: form.text(`/${member}`) || null, onChange: (day: string | null) => form.set(`/${member}`, day) });
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <Select {...at('kind')} allowDeselect={false} data={kinds.map(kind => ({ value: kind, label: t(`kind.${kind}`) }))} value={form.text('/kind')} onChange={kind => form.set('/kind', kind)} />
        <DayInput {...date('orderDate')} required />
        <DayInput {...date('startDate')} />
        <DayInput {...date('deliveryDate')} />
        <PersonSelect data-field="owner" {...at('owner')} value={form.text('/owner') || null} {...(owner ? { named: owner } : {})} onChange={id => form.set('/owner', id)} />
        <Autocomplete {...at('contact')} data={contacts} value={form.text('/contact')} onChange={name => form.set('/contact', name)} />
        <TextInput {...text('reference')} />
        <TextInput {...text('requisition')} />
        <FigureInput {...at('creditDays')} allowDecimal={false} max={365} placeholder={usualCreditDays == null ? '' : `${usualCreditDays}`} value={form.value('/creditDays') as number | null} onChange={days => form.set('/creditDays', days)} />
      </SimpleGrid>
      <Fieldset legend={t('field.delivery')} p="sm">
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
          <TextInput {...text('delivery/street')} />
          <TextInput {...text('delivery/postalCode')} />
          <TextInput {...text('delivery/city')} />
          <CountrySelect {...at('delivery/country')} value={form.text('/delivery/country') || null} onChange={code => form.set('/delivery/country', code)} />
        </SimpleGrid>
      </Fieldset>
      <Textarea {...text('note')} autosize minRows={2} maxRows={10} />
    </>
  );
}
