import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import type { Choice as AnyChoice, ChoiceList } from '@web/parts/choices';
import { useCompany } from '@web/session/session';

/** An entry of a list, with the number that some lists' have besides. */
export type Choice = AnyChoice & { builtIn: boolean; discountPercent?: number | null; probability?: number | null };
export type ChoiceChange = Partial<Pick<Choice, 'name' | 'names' | 'disabled' | 'discountPercent' | 'probability'>> & { key?: string; position?: number };

/** What a change makes of the list; the same as the server will. */
function changed(list: Choice[], key: string, { position, ...fields }: ChoiceChange): Choice[] {
  const next = list.map(choice => (choice.key === key ? { ...choice, ...fields } : choice));
  if (position === undefined) return next;
  const [moved] = next.splice(next.findIndex(choice => choice.key === key), 1);
  next.splice(position - 1, 0, moved!);
  return next;
}

/** One of the company's lists, with its changes. The lists work the same way, so one of them stands for all in the types. */
export function useEditedChoices(kind: ChoiceList) {
  const company = useCompany();
  const queries = useQueryClient();
  const queryKey = [company, kind];
  const list = `/api/v1/{company}/${kind}` as '/api/v1/{company}/stages';
  const one = `/api/v1/{company}/${kind}/{key}` as '/api/v1/{company}/stages/{key}';
  const query = useQuery({
    queryKey,
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<Choice[]> => (await answer(api.GET(list, { params: { path: { company } }, signal }))).items,
  });
  // One after the other: a second move counts from where the first one leads.
  const shared = { scope: { id: `${company} ${kind}` }, onSettled: () => queries.invalidateQueries({ queryKey }) };
  const add = useMutation({ ...shared, mutationFn: (body: ChoiceChange) => answer(api.POST(list, { params: { path: { company } }, body: body as Schemas['PartnerChoiceFields'] })) });
  const remove = useMutation({ ...shared, mutationFn: (key: string) => api.DELETE(one, { params: { path: { company, key } } }) });
  const change = useMutation({
    ...shared,
    mutationFn: ({ key, fields }: { key: string; fields: ChoiceChange }) => answer(api.PATCH(one, { params: { path: { company, key } }, body: fields as Schemas['PartnerChoiceFields'] })),
    onMutate: async ({ key, fields }) => {
      await queries.cancelQueries({ queryKey });
      queries.setQueryData<Choice[]>(queryKey, old => old && changed(old, key, fields));
    },
  });
  return { rows: query.data, error: query.error, retry: () => void query.refetch(), add, change, remove };
}
