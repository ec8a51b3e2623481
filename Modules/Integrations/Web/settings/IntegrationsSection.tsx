import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { SettingsHead } from '@web/settings/SettingsHead';
import { type Outcome, outcomes } from './connection';
import { IntegrationCard } from './IntegrationCard';
import { integrationsQuery } from './integrations';
import { Returned } from './Returned';

/** The plugins that this company can use: what they do, whether they are on, and their settings. */
export default function IntegrationsSection() {
  const { t } = useTranslation('integrations');
  const company = useCompany();
  const { data: integrations, error, refetch } = useQuery(integrationsQuery(company));
  const [back, forget] = useReturn(company);
  if (error && !integrations) return <ProblemPanel error={error} retry={() => void refetch()} />;
  return (
    <Stack>
      <SettingsHead title={t('title')} about={t('about')} />
      {!integrations && <Skeleton height={240} />}
      {integrations?.length === 0 && <Text c="dimmed">{t('none')}</Text>}
      {back && integrations && integrations.every(i => i.plugin !== back.plugin) && <Returned outcome={back.outcome} name={back.plugin} onClose={forget} />}
      {integrations?.map(integration => <IntegrationCard key={integration.plugin} integration={integration} {...(back?.plugin === integration.plugin ? { back: { outcome: back.outcome, onClose: forget } } : {})} />)}
    </Stack>
  );
}

/** How the user came back from a consent: said once, and not in the address bar, where a reload would say it again. */
function useReturn(company: string): [{ plugin: string; outcome: Outcome } | null, () => void] {
  const { plugin = '', connection } = useSearch({ strict: false }) as { plugin?: string; connection?: string };
  const go = useNavigate();
  const [back, setBack] = useState(() => { const outcome = outcomes.find(o => o === connection); return outcome ? { plugin, outcome } : null; });
  useEffect(() => { if (connection !== undefined) void go({ to: `/${company}/settings/integrations`, search: {} as never, replace: true }); }, [connection, company, go]);
  return [back, () => setBack(null)];
}
