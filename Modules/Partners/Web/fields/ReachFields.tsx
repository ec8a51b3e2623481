import { Button, Fieldset, Group, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CountrySelect } from '@web/edit/selects';
import type { Form } from '@web/edit/useForm';

/** How the firm is reached. */
export function ReachFields({ form }: { form: Form }) {
  const { t } = useTranslation('partners');
  const text = (pointer: string) => ({ value: form.text(pointer), error: form.error(pointer), onChange: (e: { currentTarget: { value: string } }) => form.set(pointer, e.currentTarget.value) });
  return (
    <SimpleGrid type="container" cols={{ base: 1, '620px': 3 }} spacing="sm">
      <TextInput label={t('field.phone')} type="tel" {...text('/phone')} />
      <TextInput label={t('field.email')} type="email" {...text('/email')} />
      <TextInput label={t('field.website')} inputMode="url" {...text('/website')} />
    </SimpleGrid>
  );
}

function Address({ form, at, label }: { form: Form; at: string; label: string }) {
  const { t } = useTranslation('partners');
  const text = (member: string) => ({ value: form.text(`${at}/${member}`), error: form.error(`${at}/${member}`), onChange: (e: { currentTarget: { value: string } }) => form.set(`${at}/${member}`, e.currentTarget.value) });
  return (
    <Fieldset legend={label} p="sm" miw={0}>
      <Stack gap="xs">
        <Textarea label={t('field.street')} autosize minRows={1} maxRows={3} {...text('street')} />
        <Group gap="xs" wrap="nowrap" align="start">
          <TextInput label={t('field.postalCode')} w={100} flex="none" {...text('postalCode')} />
          <TextInput label={t('field.city')} flex={1} miw={0} {...text('city')} />
        </Group>
        <CountrySelect label={t('column.country')} value={form.text(`${at}/country`) || null} error={form.error(`${at}/country`)} onChange={value => form.set(`${at}/country`, value)} />
      </Stack>
    </Fieldset>
  );
}

/** Three addresses (R15); the button below copies the postal one to the invoices' (R16). */
export function AddressFields({ form }: { form: Form }) {
  const { t } = useTranslation('partners');
  const copy = () => { for (const member of ['street', 'postalCode', 'city', 'country']) form.set(`/addresses/invoice/${member}`, form.value(`/addresses/postal/${member}`)); };
  return (
    <SimpleGrid type="container" cols={{ base: 1, '720px': 3 }} spacing="sm">
      <Address form={form} at="/addresses/visiting" label={t('field.visiting')} />
      <Address form={form} at="/addresses/postal" label={t('field.postal')} />
      <Stack gap="xs">
        <Address form={form} at="/addresses/invoice" label={t('field.invoice')} />
        <Button size="compact-sm" variant="default" leftSection={<IconCopy size={14} />} onClick={copy}>{t('address.copy')}</Button>
      </Stack>
    </SimpleGrid>
  );
}
