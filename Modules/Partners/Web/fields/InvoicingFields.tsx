import { Alert, Checkbox, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { FigureInput, MoneyInput } from '@web/edit/numbers';
import type { Form } from '@web/edit/useForm';

/** Exactly these (R59). */
const types = ['emailLink', 'emailPdf', 'paper'] as const;

const currencies = ['SEK', 'NOK', 'DKK', 'EUR', 'GBP', 'USD'];

/** How invoices are sent and when they are due (R59, R61, R63, R64). */
export function InvoicingFields({ form, currency }: { form: Form; currency: string }) {
  const { t } = useTranslation('partners');
  const type = form.text('/invoicing/type') || null;
  const isAutomatic = form.value('/invoicing/automaticHandling') === true;
  return (
    <>
      <SimpleGrid type="container" cols={{ base: 1, '520px': 2 }} spacing="sm">
        <Select label={t('field.invoiceType')} data={types.map(value => ({ value, label: t(`invoiceType.${value}`) }))} value={type} allowDeselect={false} error={form.error('/invoicing/type')} onChange={value => { if (value) form.set('/invoicing/type', value); }} />
        <TextInput label={t('field.invoiceEmail')} type="email" required={type !== null && type !== 'paper'} value={form.text('/invoicing/email')} error={form.error('/invoicing/email')} onChange={e => form.set('/invoicing/email', e.currentTarget.value)} />
      </SimpleGrid>
      <Checkbox label={t('field.automatic')} description={t('field.automaticWhy')} checked={isAutomatic} error={form.error('/invoicing/automaticHandling')} onChange={e => form.set('/invoicing/automaticHandling', e.currentTarget.checked)} />
      {isAutomatic && type === 'emailLink' && <Alert color="yellow" p="xs" icon={<IconAlertTriangle />} role="status">{t('warning.partner.invoicing.automaticNeedsPdf')}</Alert>}
      <SimpleGrid type="container" cols={{ base: 1, '360px': 2 }} spacing="sm">
        <FigureInput label={t('field.creditDays')} allowDecimal={false} suffix={` ${t('field.daysUnit')}`} value={form.value('/invoicing/creditDays') as number | null} error={form.error('/invoicing/creditDays')} onChange={value => form.set('/invoicing/creditDays', value)} />
        <MoneyInput label={t('column.creditLimit')} currencies={[currency, ...currencies]} value={form.value('/creditLimit') as Schemas['Money'] | null} error={form.error('/creditLimit')} onChange={value => form.set('/creditLimit', value)} />
      </SimpleGrid>
    </>
  );
}

/** The usual kinds of electronic addresses in the north; another is written by its four digits. */
const schemes = ['0007', '0192', '0184', '0216', '0088', '0037', '0096', '0198'];

/** Where electronic invoices go (R21); nothing written = the partner takes none. */
export function EInvoiceFields({ form }: { form: Form }) {
  const { t } = useTranslation('partners');
  const at = '/invoicing/eInvoice';
  const scheme = form.text(`${at}/scheme`) || null;
  const known = scheme && !schemes.includes(scheme) ? [...schemes, scheme] : schemes;
  // What is wrong is said of the pair; it stands at the id.
  const atScheme = form.error(`${at}/scheme`);
  const atOperator = form.error(`${at}/operator`);
  const wrong = form.error(at);
  return (
    <Group align="start" gap="sm" grow preventGrowOverflow={false}>
      <Select label={t('field.scheme')} searchable clearable clearButtonProps={{ 'aria-label': t('filter.clearOne', { field: t('field.scheme') }) }} data={known.map(value => ({ value, label: schemes.includes(value) ? `${value} · ${t(`scheme.${value}`)}` : value }))} value={scheme} error={atScheme} onChange={value => form.set(`${at}/scheme`, value)} />
      <TextInput label={t('field.eInvoiceId')} autoComplete="off" value={form.text(`${at}/id`)} error={wrong === atScheme || wrong === atOperator ? undefined : wrong} onChange={e => form.set(`${at}/id`, e.currentTarget.value)} />
      <TextInput label={t('field.operator')} value={form.text(`${at}/operator`)} error={atOperator} onChange={e => form.set(`${at}/operator`, e.currentTarget.value)} />
    </Group>
  );
}
