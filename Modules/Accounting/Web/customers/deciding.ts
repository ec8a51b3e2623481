import { notifications } from '@mantine/notifications';
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { useCompany } from '@web/session/session';
import type { Customer } from '../accounting';

/** What stands after a firm's name and tells nothing of it. */
const forms = /\b(?:ab|hb|kb|as|asa|a\/s|aps|i\/s|oy|oyj|ky|gmbh|ltd|publ)\b\.?/gi;
const most = 5;

/** Says which partner it is, or that it is none; the list and whatever shows the partner are read again. */
export function useDecision({ number, name }: Customer, onDone: () => void) {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  const queries = useQueryClient();
  const path = { company, number };
  const decided = (message: string) => {
    void queries.invalidateQueries({ queryKey: [company] });
    notifications.show({ color: 'green', message });
    onDone();
  };
  const linking = useMutation({
    mutationFn: (partner: { number: number; name: string }) => answer(api.POST('/api/v1/{company}/accounting/customers/{number}/link', { params: { path }, body: { partner: partner.number } })),
    onSuccess: (_, partner) => decided(t('decide.linked', { name, partner: partner.name })),
  });
  const ignoring = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/{company}/accounting/customers/{number}/ignore', { params: { path } })),
    onSuccess: () => decided(t('decide.ignored', { name })),
  });
  const isBusy = linking.isPending || ignoring.isPending;
  return { link: (partner: { number: number; name: string }) => { if (!isBusy) linking.mutate(partner); }, ignore: () => { if (!isBusy) ignoring.mutate(); }, isBusy, error: linking.error ?? ignoring.error };
}

/** Partners with its organisation number, and then those whose names are alike. A name alone decides nothing: somebody chooses. */
export function useSuggestions({ organisationNumber, name }: Customer): { found: Schemas['PartnerView'][]; isPending: boolean } {
  const company = useCompany();
  const words = (name ?? '').replaceAll(forms, ' ').replaceAll(/\s+/g, ' ').trim();
  const asked = [organisationNumber, words].filter((text): text is string => text !== null && text.length >= 2);
  return useQueries({
    queries: asked.map(q => ({
      queryKey: [company, 'partners', 'choose', q],
      queryFn: async ({ signal }: { signal: AbortSignal }) => (await answer(api.GET('/api/v1/{company}/partners', { params: { path: { company }, query: { q, limit: most } }, signal }))).items,
    })),
    combine: results => {
      const all = results.flatMap(result => result.data ?? []);
      return { found: all.filter((partner, at) => all.findIndex(other => other.number === partner.number) === at).slice(0, most), isPending: results.some(result => result.isPending) };
    },
  });
}
