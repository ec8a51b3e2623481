import { Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useListSearch } from '@web/list/search';
import { currenciesOf, useProfile } from '@web/parts/company';
import { useCompany, useSession } from '@web/session/session';
import { partnerQuery, useStatuses } from '../cases';
import { CaseForm } from './CaseForm';

/** /{company}/cases/new, with ?partner= for a customer's next case (R79, R80). */
export default function CreatePage() {
  const { t } = useTranslation('cases');
  const company = useCompany();
  const { user } = useSession();
  const { search } = useListSearch();
  const { all } = useStatuses();
  const { data: profile } = useProfile();
  const asked = /^\d+$/.test(search['partner'] ?? '') ? Number(search['partner']) : null;
  const partner = useQuery({ ...partnerQuery(company, asked ?? 0), enabled: asked !== null });
  const first = all.find(s => s.kind === 'open' && !s.disabled);
  const isReady = first && profile && (asked === null || !partner.isPending);
  return (
    <Stack p="md" maw={760}>
      <Title order={1} size="h3">{t('create.title')}</Title>
      {!isReady ? <Skeleton height={420} /> : (
        <CaseForm partner={partner.data ?? null} currencies={currenciesOf(profile)}
          start={{ partner: partner.data?.number ?? null, title: null, status: first.key, probability: first.probability, value: null, followUp: null, expectedClose: null, owner: user?.id ?? null, description: null }} />
      )}
    </Stack>
  );
}
