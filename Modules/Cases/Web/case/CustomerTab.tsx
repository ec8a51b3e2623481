import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CountrySelect, PartnerSelect } from '@web/edit/selects';
import { useCaseEditing, useMember } from './context';
import { DayMember, TextMember } from './members';

/** Whose case it is, and what fills the order (R105). */
export function CustomerTab() {
  const { t } = useTranslation('cases');
  const { c } = useCaseEditing();
  const partner = useMember('/partner');
  const country = useMember('/customer/deliveryCountry');
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{t('customer.why')}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="md" verticalSpacing="sm">
        <PartnerSelect label={t('column.partner')} required value={c.partner.number} named={c.partner.name === null ? null : { number: c.partner.number, name: c.partner.name }} {...partner.look} error={partner.error}
          onChange={number => { if (number !== null && number !== c.partner.number) partner.save(number); }} />
        {(['reference', 'requisition', 'contact'] as const).map(field => <TextMember key={field} pointer={`/customer/${field}`} label={t(`field.customer.${field}`)} />)}
        <DayMember pointer="/customer/startDate" label={t('field.customer.startDate')} />
        <DayMember pointer="/customer/deliveryDate" label={t('field.customer.deliveryDate')} />
        {(['deliveryStreet', 'deliveryPostalCode', 'deliveryCity'] as const).map(field => <TextMember key={field} pointer={`/customer/${field}`} label={t(`field.customer.${field}`)} />)}
        <CountrySelect label={t('field.customer.deliveryCountry')} value={country.value as string | null} {...country.look} error={country.error} onChange={country.save} />
      </SimpleGrid>
    </Stack>
  );
}
