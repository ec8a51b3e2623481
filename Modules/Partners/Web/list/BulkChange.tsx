import { Checkbox, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { MoneyInput } from '@web/edit/numbers';
import { ChoiceSelect, ChoicesSelect, PersonSelect } from '@web/edit/selects';
import BulkDialog from '@web/operations/BulkDialog';
import type { BulkRequest } from '@web/operations/follow';
import { currenciesOf, useDepartments, useProfile } from '@web/parts/company';
import { amount } from '@web/parts/formats';
import { useChoices, useUsers } from '../partners';
import type { BulkName } from './actions';

interface Props { action: BulkName; target: BulkRequest['target']; onClose: () => void; onStarted: () => void }

type Value = string | string[] | Schemas['Money'] | null;

const member: Record<Exclude<BulkName, 'delete'>, string> = { setStage: 'stage', setOwner: 'owner', addTags: 'tags', removeTags: 'tags', setIndustry: 'industry', setDepartment: 'department', setCreditLimit: 'creditLimit' };

/** Bulk actions: what is set is chosen, what would become of it is shown, then it runs (R39, R121). */
export default function BulkChange({ action, target, onClose, onStarted }: Props) {
  const { t } = useTranslation('partners');
  const [value, setValue] = useState<Value>(action === 'addTags' || action === 'removeTags' ? [] : null);
  const [isEmptied, setEmptied] = useState(false);
  const lists = { stages: useChoices('stages'), tags: useChoices('tags'), industries: useChoices('industries') };
  const users = useUsers();
  const departments = useDepartments();
  const profile = useProfile();

  const isTags = action === 'addTags' || action === 'removeTags';
  const isChosen = action === 'delete' || isEmptied || (isTags ? (value as string[]).length > 0 : value !== null);
  const request = !isChosen ? null : { action: `partner.${action}`, target, ...(action === 'delete' ? {} : { set: { [member[action]]: isEmptied ? null : value } }) } as BulkRequest;

  const words = (now: string | null): string => {
    if (now === null) return t('bulk.nothing');
    switch (action) {
      case 'setStage': return lists.stages.name(now);
      case 'setOwner': return users.find(u => u.id === now)?.name ?? now;
      case 'setIndustry': return lists.industries.name(now);
      case 'setDepartment': return departments.data?.find(d => d.id === now)?.name ?? now;
      case 'setCreditLimit': { const [figure, currency] = now.split(' '); return `${amount(Number(figure))} ${currency ?? ''}`; }
      case 'delete': return t(now === 'deleted' ? 'bulk.isDeleted' : 'bulk.isThere');
      default: return now.split(', ').map(lists.tags.name).join(', ');
    }
  };

  const one = { value: isEmptied ? null : value as string | null, onChange: (next: string | null) => setValue(next), disabled: isEmptied, required: true, 'data-autofocus': true } as const;
  const field = () => {
    switch (action) {
      case 'setStage': return <ChoiceSelect {...one} label={t('column.stage')} choices={lists.stages.all} placeholder={t('bulk.chooseStage')} />;
      case 'setOwner': return <PersonSelect {...one} label={t('column.owner')} />;
      case 'setIndustry': return <ChoiceSelect {...one} label={t('filter.industry')} choices={lists.industries.all} />;
      case 'setDepartment': return <Select {...one} label={t('field.department')} data={(departments.data ?? []).filter(d => !d.disabled).map(d => ({ value: d.id, label: d.name }))} />;
      case 'setCreditLimit': return <MoneyInput data-autofocus label={t('column.creditLimit')} disabled={isEmptied} value={isEmptied ? null : value as Schemas['Money'] | null} onChange={setValue} currencies={currenciesOf(profile.data)} />;
      case 'delete': return <Text size="sm">{t('bulk.deleteWhy')}</Text>;
      default: return <ChoicesSelect data-autofocus label={t('column.tags')} choices={lists.tags.all} value={value as string[]} onChange={setValue} />;
    }
  };
  return (
    <BulkDialog title={t(`bulk.${action}`)} request={request} valueText={words} onClose={onClose} onStarted={onStarted}>
      {field()}
      {!isTags && action !== 'delete' && action !== 'setStage' && <Checkbox size="xs" label={t('bulk.empty')} checked={isEmptied} onChange={event => setEmptied(event.currentTarget.checked)} />}
    </BulkDialog>
  );
}
