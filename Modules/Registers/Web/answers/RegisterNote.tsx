import { ActionIcon, Anchor, Group, Loader, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconBuildingBank, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PartnerNoteProps } from '@web/modules';
import { day, moment } from '@web/parts/formats';
import { useCompany, useMayWrite } from '@web/session/session';
import { nameOf, serves, useRegisters } from '../registers';
import { useFailureWords } from '../words';
import { answerQuery, answersKey, ask } from './answers';

/** Two lines, as the card keeps free for it. */
const noteHeight = 44;

/** On a partner's card: what the register last said, when, and whether it says something else than we do. */
export default function RegisterNote({ partner }: PartnerNoteProps) {
  const registers = useRegisters().filter(register => serves(register, partner.country));
  return partner.organisationNumber !== null && registers.length > 0 ? <Note partner={partner} registers={registers} /> : null;
}

function Note({ partner: { number }, registers }: PartnerNoteProps & { registers: ReturnType<typeof useRegisters> }) {
  const { t } = useTranslation('registers');
  const company = useCompany();
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const failure = useFailureWords();
  const { data, isPending } = useQuery(answerQuery(company, number));
  const asking = useMutation({ mutationFn: () => ask(company, number), onSuccess: () => queries.invalidateQueries({ queryKey: answersKey(company) }) });
  if (isPending) return <div style={{ height: noteHeight }} />;
  const register = registers.find(r => r.plugin === data?.plugin) ?? [...registers].sort((a, b) => Number(a.charged) - Number(b.charged))[0]!;
  const name = nameOf(register);
  const open = (data?.differences.length ?? 0) + (data?.alarms.length ?? 0);
  const alarm = data && (data.company === null ? t('alarm.unknown') : data.company.ceasedOn ? t('alarm.ceased', { day: day(data.company.ceasedOn) }) : data.company.trouble && t('alarm.trouble', { text: data.company.trouble }));
  const askNow = t(register.charged ? 'answer.askCharged' : 'answer.ask', { register: name });
  return (
    <div>
      {alarm && <Group gap={6} wrap="nowrap" c="var(--mantine-color-error)" mb={2}><IconAlertTriangle size={16} aria-hidden style={{ flex: 'none' }} /><Text size="sm" fw={600}>{alarm}</Text></Group>}
      <Group gap={6} wrap="nowrap" mih={noteHeight}>
        <IconBuildingBank size={18} aria-hidden style={{ flex: 'none', color: 'var(--mantine-color-dimmed)' }} />
        <div role="status" style={{ overflowWrap: 'anywhere' }}>
          <Text size="sm">{!data ? t('answer.none', { register: name }) : open > 0 ? <Anchor component={Link} to={`/${company}/registers/differences`} search={{ partner: `${number}` } as never} inherit>{t('answer.differences', { count: open })}</Anchor> : t('answer.same')}</Text>
          {data && <Text size="xs" c="dimmed">{t('answer.from', { register: name, when: moment(data.at) })}</Text>}
        </div>
        {mayWrite && <Tooltip label={askNow}><ActionIcon variant="subtle" color="gray" size={28} ml="auto" aria-label={askNow} aria-disabled={asking.isPending || undefined} onClick={() => { if (!asking.isPending) asking.mutate(); }}>{asking.isPending ? <Loader size={14} /> : <IconRefresh size={16} />}</ActionIcon></Tooltip>}
      </Group>
      {asking.error && <Text size="sm" c="var(--mantine-color-error)" role="alert">{failure(asking.error, name)}</Text>}
    </div>
  );
}
