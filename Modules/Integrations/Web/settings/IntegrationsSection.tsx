import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { SettingsHead } from '@web/settings/SettingsHead';
import { IntegrationCard } from './IntegrationCard';
import { integrationsQuery } from './integrations';

/** The plugins that this company can use: what they do, whether they are on, and their settings. */
export default function IntegrationsSection() {
  const { t } = useTranslation('integrations');
  const { data: integrations, error, refetch } = useQuery(integrationsQuery(useCompany()));
  if (error && !integrations) return <ProblemPanel error={error} retry={() => void refetch()} />;
  return (
    <Stack>
      <SettingsHead title={t('title')} about={t('about')} />
      {!integrations && <Skeleton height={240} />}
      {integrations?.length === 0 && <Text c="dimmed">{t('none')}</Text>}
      {integrations?.map(integration => <IntegrationCard key={integration.plugin} integration={integration} />)}
    </Stack>
  );
}
