import { Skeleton, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Unread } from '@web/edit/Unread';
import { useListSearch } from '@web/list/search';
import { currenciesOf, useProfile } from '@web/parts/company';
import { usePartner } from '@web/parts/partner';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useSession } from '@web/session/session';
import { useStatuses } from '../cases';
import { CaseForm } from './CaseForm';

/** /{company}/cases/new, with ?partner= for a customer's next case (R79, R80). */
export default function CreatePage() {
  const { t } = useTranslation('cases');
  const { user } = useSession();
  const { search } = useListSearch();
  const statuses = useStatuses();
  const profile = useProfile();
  const asked = /^\d+$/.test(search['partner'] ?? '') ? Number(search['partner']) : null;
  const partner = usePartner(asked);
  const first = statuses.all.find(s => s.kind === 'open' && !s.disabled);
  const failed = [statuses, profile].find(query => query.error);
  const isReady = first && profile.data && (asked === null || !partner.isPending);
  return (
    <Stack p="md" maw={760}>
      <Title order={1} size="h3">{t('create.title')}</Title>
      {failed && <ProblemPanel error={failed.error} retry={() => void failed.refetch()} />}
      {partner.error && !partner.data && <Unread what={t('web:unread.customer', { number: asked })} error={partner.error} />}
      {!isReady && !failed && <Skeleton height={420} />}
      {isReady && (
        <CaseForm key={asked} partner={partner.data ?? null} currencies={currenciesOf(profile.data)}
          start={{ partner: partner.data?.number ?? null, title: null, status: first.key, probability: first.probability, value: null, followUp: null, expectedClose: null, owner: user?.id ?? null, description: null }} />
      )}
    </Stack>
  );
}
