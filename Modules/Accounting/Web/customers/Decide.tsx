import { Anchor, Button, Divider, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { IconBuildingStore, IconLink, IconUserOff } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn } from '@web/edit/refusals';
import { PartnerSelect } from '@web/edit/selects';
import { SideDialog } from '@web/parts/Dialog';
import { Flag } from '@web/parts/Flag';
import { ProblemNote } from '@web/parts/ProblemText';
import { useSystemName } from '@web/parts/systems';
import { useCompany, useMayWrite } from '@web/session/session';
import type { Customer } from '../accounting';
import { Owes, stateOf } from './columns';
import { Conflicts } from './Conflicts';
import { useDecision, useSuggestions } from './deciding';

/** Which partner a customer of an accounting system is: one that is suggested or searched for, a new one, or none. */
export default function Decide({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  const go = useNavigate();
  const mayWrite = useMayWrite();
  const system = useSystemName()(customer.plugin);
  const [chosen, setChosen] = useState<number | null>(null);
  const { link, ignore, isBusy, error } = useDecision(customer, onClose);
  const { found, isPending } = useSuggestions(customer);
  const refused = wordsIn(error, '/partner', code => t(`refused.${code}`, { defaultValue: '' }), t);
  const facts: [string, string | null][] = [[t('customers.externalNumber'), customer.externalNumber], [t('customers.organisationNumber'), customer.organisationNumber], [t('customers.vatNumber'), customer.contact.vatNumber],
    [t('customers.address'), [customer.contact.street, [customer.contact.postalCode, customer.city].filter(Boolean).join(' ')].filter(Boolean).join(', ')], [t('customers.email'), customer.contact.email], [t('customers.phone'), customer.contact.phone]];
  return (
    <SideDialog onClose={onClose} position="right" size="md" title={<Text fw={600}>{customer.name ?? customer.externalNumber}</Text>}>
      <Stack>
        <div>
          <Text size="sm" c="dimmed">{[system, stateOf(t, customer)].filter(Boolean).join(' · ')}</Text>
          {facts.filter(([, value]) => value).map(([term, value]) => <Text key={term} size="sm"><Text span inherit c="dimmed">{term}:</Text> {value}</Text>)}
          {customer.open.length > 0 && <Text size="sm"><Text span inherit c="dimmed">{t('customers.owes')}:</Text> <Owes customer={customer} /></Text>}
          {customer.partner !== null && <Text size="sm"><Text span inherit c="dimmed">{t('customers.partner')}:</Text> <Anchor component={Link} to={`/${company}/partners/${customer.partner}`} inherit>{customer.partnerName ?? customer.partner}</Anchor></Text>}
        </div>
        {customer.conflicts.length > 0 && <Conflicts customer={customer} system={system} />}
        {mayWrite && (
          <>
            <Divider label={t('decide.which')} labelPosition="left" />
            {isPending && <Skeleton height={44} />}
            {!isPending && found.length === 0 && <Text size="sm" c="dimmed">{t('decide.noneAlike')}</Text>}
            {found.map(partner => (
              <Paper key={partner.number} withBorder radius="sm" px="sm" py={6}>
                <Group justify="space-between" wrap="nowrap" gap="sm">
                  <div style={{ minWidth: 0 }}>
                    <Group gap={8} wrap="nowrap"><Flag code={partner.country} size={16} /><Text size="sm" truncate fw={500}>{partner.name}</Text></Group>
                    <Text size="xs" c="dimmed" truncate>{[partner.number, partner.organisationNumber, partner.addresses.visiting?.city ?? partner.addresses.postal?.city].filter(Boolean).join(' · ')}</Text>
                  </div>
                  <Button size="compact-sm" variant="light" flex="none" leftSection={<IconLink size={15} />} aria-label={t('decide.linkTo', { name: partner.name })} aria-disabled={isBusy || undefined} onClick={() => link(partner)}>{t('decide.link')}</Button>
                </Group>
              </Paper>
            ))}
            <Group gap="xs" wrap="nowrap" align="end">
              <PartnerSelect label={t('decide.another')} flex={1} value={chosen} onChange={setChosen} />
              <Button variant="default" disabled={chosen === null} loading={isBusy} onClick={() => { if (chosen !== null) link({ number: chosen, name: `${chosen}` }); }}>{t('decide.link')}</Button>
            </Group>
            {refused ? <Text size="sm" c="var(--mantine-color-error)" role="alert">{refused}</Text> : <ProblemNote error={error} />}
            <Divider label={t('decide.or')} labelPosition="left" />
            <Group gap="xs">
              <Button variant="default" leftSection={<IconBuildingStore size={16} />} onClick={() => void go({ to: `/${company}/partners/new`, search: { accounting: `${customer.number}` } as never })}>{t('decide.create')}</Button>
              {!customer.ignored && <Button variant="default" leftSection={<IconUserOff size={16} />} aria-disabled={isBusy || undefined} onClick={ignore}>{t('decide.ignore')}</Button>}
            </Group>
            <Text size="xs" c="dimmed">{t('decide.why', { system })}</Text>
          </>
        )}
      </Stack>
    </SideDialog>
  );
}
