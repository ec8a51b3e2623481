import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { SettingsHead } from '@web/settings/SettingsHead';
import { connectionsQuery } from '../accounting';
import { BalancesPart } from './BalancesPart';
import { ConnectionCard } from './ConnectionCard';
import { RulesPart } from './RulesPart';

/** The connections to accounting systems: what each is doing, how its last runs went, and when the next is due. */
export default function AccountingSection() {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  const { data: connections, error, refetch } = useQuery(connectionsQuery(company));
  if (error && !connections) return <ProblemPanel error={error} retry={() => void refetch()} />;
  return (
    <Stack>
      <SettingsHead title={t('settings.title')} about={t('settings.about')} />
      {!connections && <Skeleton height={320} />}
      {connections?.length === 0 && <Text size="sm">{t('settings.none')} <Anchor component={Link} to={`/${company}/settings/integrations`} inherit>{t('settings.toIntegrations')}</Anchor></Text>}
      {connections?.map(connection => <ConnectionCard key={connection.number} connection={connection} />)}
      {connections && connections.length > 0 && <><RulesPart plugins={connections.map(c => c.plugin)} /><BalancesPart /></>}
    </Stack>
  );
}
