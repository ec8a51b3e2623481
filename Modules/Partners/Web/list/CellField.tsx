import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { MoneyInput } from '@web/edit/numbers';
import { isSame, type Json, type Members } from '@web/edit/patch';
import { ChoiceSelect, ChoicesSelect, PersonSelect } from '@web/edit/selects';
import { profileQuery } from '@web/parts/company';
import { problemText } from '@web/parts/ProblemText';
import { useCompany } from '@web/session/session';
import { type Partner, useChoices } from '../partners';

interface Props { partner: Partner; column: string; end: (go: -1 | 0 | 1 | null) => void; onSave: (patch: Members, seen: Partner) => void }

/** The field inside a cell: Enter saves, Tab saves and goes on, Esc leaves it as it was. */
export default function CellField({ partner, column, end, onSave }: Props) {
  const { t } = useTranslation('partners');
  const company = useCompany();
  const stages = useChoices('stages');
  const tags = useChoices('tags');
  const queries = useQueryClient();
  const profile = useQuery({ ...profileQuery(company), enabled: column === 'creditLimit' });
  // What the user saw: the row may change below the field.
  const [seen] = useState(partner);
  const [limit, setLimit] = useState(seen.creditLimit);
  const [chosen, setChosen] = useState(seen.tags);
  const isOver = useRef(false);

  /** What was typed before the company's currency was here. */
  const saveWithCurrency = (typed: Schemas['Money']) => void queries.ensureQueryData(profileQuery(company)).then(
    ({ baseCurrency }) => onSave({ creditLimit: { ...typed, currency: baseCurrency } }, seen),
    (error: unknown) => notifications.show({ color: 'red', title: problemText(error, t), message: seen.name }),
  );
  const finish = (go: -1 | 0 | 1 | null, value?: Json) => {
    if (isOver.current) return;
    isOver.current = true;
    const before: Json = column === 'creditLimit' ? seen.creditLimit && { ...seen.creditLimit } : column === 'tags' ? seen.tags : column === 'stage' ? seen.stage?.key ?? null : seen.owner?.id ?? null;
    if (value !== undefined && column === 'creditLimit' && limit && !limit.currency) saveWithCurrency(limit);
    else if (value !== undefined && !isSame(before, value)) onSave({ [column]: value }, seen);
    end(go);
  };
  const typed = (): Json | undefined => (column === 'creditLimit' ? limit && { ...limit } : column === 'tags' ? chosen : undefined);
  const press = (event: KeyboardEvent) => {
    const isListOpen = event.target instanceof HTMLInputElement && event.target.getAttribute('aria-expanded') === 'true';
    if (event.key === 'Escape') finish(0);
    else if (event.key === 'Tab') { event.preventDefault(); finish(event.shiftKey ? -1 : 1, typed()); }
    else if (event.key === 'Enter' && (event.ctrlKey || !isListOpen)) finish(0, typed());
    else return;
    event.stopPropagation();
  };

  const common = { size: 'xs', autoFocus: true, w: '100%', comboboxProps: { width: 'max-content', position: 'bottom-start' } } as const;
  const field = () => {
    switch (column) {
      case 'stage': return <ChoiceSelect {...common} aria-label={t('column.stage')} defaultDropdownOpened choices={stages.all} value={seen.stage?.key ?? null} clearable={false} onChange={key => finish(0, key)} />;
      case 'owner': return <PersonSelect {...common} aria-label={t('column.owner')} defaultDropdownOpened named={seen.owner} value={seen.owner?.id ?? null} onChange={id => finish(0, id)} />;
      case 'creditLimit': return <MoneyInput size="xs" autoFocus aria-label={t('column.creditLimit')} value={limit} onChange={setLimit} currencies={profile.data ? [profile.data.baseCurrency] : []} />;
      default: return <ChoicesSelect {...common} aria-label={t('column.tags')} defaultDropdownOpened choices={tags.all} value={chosen} onChange={setChosen} />;
    }
  };
  const wide = column === 'tags' || column === 'creditLimit' ? { position: 'absolute', insetInlineEnd: column === 'creditLimit' ? 2 : 'auto', insetBlockStart: 4, minWidth: column === 'tags' ? '16rem' : '100%' } as const : undefined;
  return <div style={wide} onKeyDownCapture={press} onBlur={event => { if (!event.currentTarget.contains(event.relatedTarget)) finish(null, typed()); }}>{field()}</div>;
}
