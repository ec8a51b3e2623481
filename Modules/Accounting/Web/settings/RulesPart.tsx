import { ActionIcon, Button, Group, Select, SimpleGrid, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@web/api/client';
import { EditForm } from '@web/edit/EditForm';
import type { Members } from '@web/edit/patch';
import { Part } from '@web/edit/Part';
import type { Editable } from '@web/edit/saving';
import { ChoiceSelect } from '@web/edit/selects';
import { useForm } from '@web/edit/useForm';
import { useSave } from '@web/edit/useSave';
import { useChoices } from '@web/parts/choices';
import { useSystemName } from '@web/parts/systems';
import { useCompany } from '@web/session/session';
import { fields, readRules, type Rule, type Rules, rulesQuery, wins } from './rules';

/** Which tags make a partner a customer where, and whose word counts for what both sides have. */
export function RulesPart({ plugins }: { plugins: string[] }) {
  const { t } = useTranslation('accounting');
  const { data: rules } = useQuery(rulesQuery(useCompany()));
  const tag = useChoices('tags').name;
  const nameOf = useSystemName();
  if (!rules) return null;
  const kept = fields.filter(field => rules.wins[field]);
  return (
    <Part title={t('rules.title')} edit={t('rules.edit')} mayChange form={close => <RulesForm rules={rules} plugins={plugins} onDone={close} />}>
      <Stack gap={4}>
        {rules.rules.length === 0 && <Text size="sm" c="dimmed">{t('rules.none')}</Text>}
        {rules.rules.map(rule => <Text key={`${rule.tag} ${rule.plugin}`} size="sm">{t('rules.one', { tag: tag(rule.tag), system: nameOf(rule.plugin) })}{rule.group && ` · ${t('rules.inGroup', { group: rule.group })}`}</Text>)}
        <Text size="sm" mt="xs" fw={600}>{t('wins.title')}</Text>
        {kept.length === 0 && <Text size="sm" c="dimmed">{t('wins.none')}</Text>}
        {kept.map(field => <Text key={field} size="sm"><Text span inherit c="dimmed">{t(`field.${field}`)}:</Text> {t(`wins.${rules.wins[field]!}`)}</Text>)}
      </Stack>
    </Part>
  );
}

function useEditableRules(): Editable<Rules> {
  const { t } = useTranslation('accounting');
  const company = useCompany();
  return {
    company, key: rulesQuery(company).queryKey as unknown as string[], name: t('rules.title'),
    read: () => readRules(company),
    write: (patch, ifMatch) => answer(api.PATCH('/api/v1/{company}/accounting/rules', { params: { path: { company }, header: { 'If-Match': ifMatch } }, body: patch as Schemas['PushSettingsFields'] })),
    written: ({ rules, wins: words }) => ({ rules: rules as unknown as Members[], wins: words as Members }),
    label: pointer => (pointer.startsWith('/wins') ? t('wins.title') : t('rules.title')),
    words: (_, value) => JSON.stringify(value),
  };
}

function RulesForm({ rules, plugins, onDone }: { rules: Rules; plugins: string[]; onDone: () => void }) {
  const { t } = useTranslation('accounting');
  const thing = useEditableRules();
  const { save, isSaving, error, dialog } = useSave(thing);
  const [seen] = useState(rules);
  const tags = useChoices('tags');
  const nameOf = useSystemName();
  const form = useForm(thing.written(seen), error, code => t(`refused.${code}`, { defaultValue: '' }));
  const all = (form.value('/rules') ?? []) as unknown as Rule[];
  const set = (next: readonly unknown[]) => form.set('/rules', next as Members[]);
  const words = form.value('/wins') as Members;
  const submit = async () => {
    // A map replaces the one before, so all of it is sent.
    const saved = await save({ ...('rules' in form.changes ? { rules: form.value('/rules') } : {}), ...('wins' in form.changes ? { wins: Object.fromEntries(Object.entries(words).filter(([, word]) => word !== null)) } : {}) }, seen, true);
    if (saved) onDone();
    return saved;
  };
  return (
    <>
      <EditForm form={form} label={t('rules.title')} error={error} isSaving={isSaving} onSave={submit} onCancel={onDone}>
        <Text size="sm" c="dimmed">{t('rules.why')}</Text>
        {all.map((rule, at) => {
          const change = (fields: Partial<Rule>) => set(all.map((other, i) => (i === at ? { ...other, ...fields } : other)));
          const place = t('rules.number', { number: at + 1 });
          return (
            <Group key={at} gap="xs" align="end" wrap="nowrap" role="group" aria-label={place}>
              <ChoiceSelect flex={1} label={t('rules.tag')} required choices={tags.all} value={rule.tag || null} error={form.error(`/rules/${at}/tag`) ?? form.error(`/rules/${at}`)} onChange={tag => change({ tag: tag ?? '' })} />
              <Select flex={1} label={t('rules.system')} required allowDeselect={false} data={[...new Set([...plugins, rule.plugin])].map(value => ({ value, label: nameOf(value) }))} value={rule.plugin} error={form.error(`/rules/${at}/plugin`)} onChange={plugin => { if (plugin) change({ plugin }); }} />
              <TextInput flex={1} label={t('rules.group')} placeholder={t('rules.usualGroup')} maxLength={50} value={rule.group ?? ''} error={form.error(`/rules/${at}/group`)} onChange={e => change({ group: e.currentTarget.value.trim() || null })} />
              <Tooltip label={t('rules.remove', { rule: place })}><ActionIcon variant="subtle" color="gray" size={36} aria-label={t('rules.remove', { rule: place })} onClick={() => set(all.filter((_, i) => i !== at))}><IconX size={16} /></ActionIcon></Tooltip>
            </Group>
          );
        })}
        <Button size="xs" variant="default" style={{ alignSelf: 'start' }} leftSection={<IconPlus size={15} />} disabled={plugins.length === 0} onClick={() => set([...all, { tag: '', plugin: plugins[0]!, group: null }])}>{t('rules.add')}</Button>
        <Text size="sm" fw={600} mt="xs">{t('wins.title')}</Text>
        <Text size="sm" c="dimmed" mt={-8}>{t('wins.why')}</Text>
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          {fields.map(field => (
            <Select key={field} label={t(`field.${field}`)} value={(words[field] as string | null | undefined) ?? 'apart'} allowDeselect={false} error={form.error(`/wins/${field}`)}
              data={[{ value: 'apart', label: t('wins.apart') }, ...wins.map(value => ({ value, label: t(`wins.${value}`) }))]} onChange={value => form.set(`/wins/${field}`, value === 'apart' ? null : value)} />
          ))}
        </SimpleGrid>
      </EditForm>
      {dialog}
    </>
  );
}
