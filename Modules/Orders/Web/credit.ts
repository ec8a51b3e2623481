import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { useCompany } from '@web/session/session';

const typingPause = 300;

/** What the server would make of an order: its warnings, and what the customer's tags give in discount. Nothing is stored (R41). */
export function useTrial(body: Schemas['OrderFields'] | null, number?: number) {
  const company = useCompany();
  const [asked] = useDebouncedValue(JSON.stringify(body), typingPause);
  const header = { Prefer: 'dry-run' as const };
  const { data } = useQuery({
    queryKey: [company, 'orders', 'trial', number ?? 'new', asked],
    queryFn: ({ signal }) => {
      const wanted = JSON.parse(asked) as Schemas['OrderFields'];
      return answer(number === undefined
        ? api.POST('/api/v1/{company}/orders', { params: { path: { company }, header }, body: wanted, signal })
        : api.PATCH('/api/v1/{company}/orders/{number}', { params: { path: { company, number }, header }, body: wanted, signal }));
    },
    enabled: asked !== 'null',
    staleTime: 0,
    gcTime: 0,
    retry: false,
    // While somebody types the last answer stands, unless it is about another customer.
    placeholderData: before => (number !== undefined || before?.partner.number === body?.partner ? before : undefined),
  });
  return body === null ? undefined : data;
}
