import { Input, Paper, Text } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonSelect } from '@web/edit/selects';
import { currenciesOf, useProfile } from '@web/parts/company';
import { amount } from '@web/parts/formats';
import { useKeys } from '@web/parts/useKeys';
import { useLate } from '../Clock';
import { useCaseEditing, useMember } from './context';
import classes from './Figures.module.css';
import { DayMember, MoneyMember, PercentMember } from './members';

/** Probability, value and what they make, side by side; then the dates and the owner. Each is saved where it stands. */
export function Figures() {
  const { t } = useTranslation('cases');
  const { c, isLocked } = useCaseEditing();
  const paper = useRef<HTMLDivElement>(null);
  const to = (field: 'followUp' | 'owner') => !isLocked && { text: t('web:help.change', { name: t(`column.${field}`) }), run: () => paper.current?.querySelector<HTMLElement>(`[data-pointer="/${field}"]`)?.focus() };
  useKeys({ f: to('followUp'), o: to('owner') });
  const late = useLate();
  const owner = useMember('/owner');
  const currencies = currenciesOf(useProfile().data);
  return (
    <Paper ref={paper} withBorder p="md" radius="md" component="section" aria-label={t('case.figures')} className={classes.figures}>
      <PercentMember pointer="/probability" label={t('column.probability')} locked={c.status.kind === 'open' ? undefined : t(`probability.${c.status.kind}`)} />
      <MoneyMember pointer="/value" label={t('column.value')} currencies={currencies} />
      <Weighted money={c.weighted} />
      <DayMember pointer="/followUp" label={t('column.followUp')} quick late={late(c, 'followUp')} />
      <DayMember pointer="/expectedClose" label={t('column.expectedClose')} quick late={late(c, 'expectedClose')} />
      <PersonSelect data-pointer="/owner" label={t('column.owner')} value={c.owner?.id ?? null} named={c.owner} {...owner.look} error={owner.error} onChange={owner.save} />
    </Paper>
  );
}

/** Value × probability, which nobody writes (R85). */
export function Weighted({ money }: { money: { amount: number; currency: string } | null }) {
  const { t } = useTranslation('cases');
  return (
    <Input.Wrapper label={t('column.weighted')} labelElement="div">
      <Text component="output" className={classes.weighted} aria-label={t('column.weighted')}>{money ? <>{amount(money.amount)} <Text span size="xs" c="dimmed">{money.currency}</Text></> : '–'}</Text>
    </Input.Wrapper>
  );
}
