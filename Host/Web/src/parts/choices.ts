import { useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@web/api/client';
import { language } from '@web/i18n';
import { useCompany } from '@web/session/session';

/** An entry of one of the company's own lists. */
export type Choice = Pick<Schemas['ChoiceView'], 'key' | 'name' | 'names' | 'disabled'> & { count?: number | null };
export type ChoiceList = 'stages' | 'tags' | 'industries' | 'relations' | 'case-statuses' | 'lost-reasons';

export const choiceName = (choice: Choice): string => choice.names[language()] ?? choice.name;

/**
 * The company's own lists: seldom changed, named in its users' languages. A name is empty until they are read, so that nobody sees a key flash by; a key
 * without a name, and one whose list could not be read, stands for itself.
 */
export function useChoices(kind: ChoiceList): { all: Choice[]; name: (key: string) => string } {
  const company = useCompany();
  const { data, isPending } = useQuery({
    queryKey: [company, kind],
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<Choice[]> => (await answer(api.GET(`/api/v1/{company}/${kind}` as '/api/v1/{company}/stages', { params: { path: { company } }, signal }))).items,
  });
  const all = data ?? [];
  return { all, name: key => { const found = all.find(c => c.key === key); return found ? choiceName(found) : isPending ? '' : key; } };
}

/** Everybody who is or was in the company. */
export function useUsers(): Schemas['MemberView'][] {
  const company = useCompany();
  const { data } = useQuery({
    queryKey: [company, 'users'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/{company}/users', { params: { path: { company } }, signal }))).items,
  });
  return data ?? [];
}
