import { Alert, Anchor, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCopyCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Flag } from '@web/parts/Flag';
import { useCompany } from '@web/session/session';
import { listPartners, type Partner } from '../partners';

const least = 3;
const shown = 4;

/** What a name is searched by: without the form of the firm, which many share. */
const coreOf = (name: string) => name.replace(/\b(ab|as|a\/s|aps|oy|oyj|asa|hb|kb)\b\.?/gi, ' ').replaceAll(/\s+/g, ' ').trim();

/** While a new firm is typed: who is there already with such a name or number. It only hints. */
export function Duplicates({ name, organisationNumber }: { name: string; organisationNumber: string }) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const [words] = useDebouncedValue(coreOf(name), 300);
  const [number] = useDebouncedValue(organisationNumber.replaceAll(/[^0-9a-z]/gi, ''), 300);
  const { data } = useQuery({
    queryKey: [company, 'partners', 'alike', words, number],
    enabled: words.length >= least || number.length >= least + 3,
    queryFn: async ({ signal }): Promise<Partner[]> => {
      const asked = [words.length >= least ? words : '', number.length >= least + 3 ? number : ''].filter(Boolean);
      const found = (await Promise.all(asked.map(q => listPartners(company, { q, limit: `${shown}` }, signal)))).flatMap(page => page.items);
      return found.filter((p, i) => found.findIndex(o => o.number === p.number) === i).slice(0, shown);
    },
    placeholderData: before => before,
  });
  const alike = words.length >= least || number.length >= least + 3 ? data ?? [] : [];
  return (
    <div role="status" aria-live="polite">
      {alike.length > 0 && (
        <Alert color="yellow" p="xs" icon={<IconCopyCheck />} title={t('create.alike')}>
          {alike.map(p => (
            <Group key={p.number} gap={6} wrap="nowrap">
              <Flag code={p.country} size={14} />
              <Anchor component={Link} to={`/${company}/partners/${p.number}`} target="_blank" size="sm">{p.name}</Anchor>
              <Text size="xs" c="dimmed" truncate>{[p.number, p.organisationNumber, p.addresses.visiting?.city ?? p.addresses.postal?.city].filter(Boolean).join(' · ')}</Text>
            </Group>
          ))}
        </Alert>
      )}
    </div>
  );
}
