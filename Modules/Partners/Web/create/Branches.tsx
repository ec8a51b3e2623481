import { Badge, Button, Checkbox, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Json, type Members, valueAt } from '@web/edit/patch';
import type { Form } from '@web/edit/useForm';
import type { OfferedBranch } from '@web/modules';
import { whole } from '@web/parts/formats';
import classes from './Branches.module.css';

/** As many as the server makes at once. */
const most = 100;
/** More than these are searched rather than read. */
const few = 8;

const unless = (isUseful: boolean) => (isUseful ? {} : { 'data-disabled': true, 'aria-disabled': true });

/** Those that are made with the firm. */
export const chosenBranches = (form: Form): Members[] => (form.value('/branches') as Members[] | null) ?? [];

const textAt = (branch: OfferedBranch, pointer: string) => valueAt(branch.fields, pointer) as string | null;
const placeOf = (branch: OfferedBranch) => [textAt(branch, '/addresses/visiting/street')?.replaceAll('\n', ', '), [textAt(branch, '/addresses/visiting/postalCode'), textAt(branch, '/addresses/visiting/city')].filter(Boolean).join(' ')].filter(Boolean).join(', ');
const wordsOf = (branch: OfferedBranch) => [textAt(branch, '/name'), textAt(branch, '/branchNumber')?.replaceAll(' ', ''), placeOf(branch)].join(' ').toLowerCase();

/** The places that the register has under the chosen firm: those that are ticked are made with it and under it, the others are not (R55). */
export function Branches({ form, offered }: { form: Form; offered: readonly OfferedBranch[] }) {
  const { t } = useTranslation('partners');
  const [typed, setTyped] = useState('');
  const chosen = chosenBranches(form);
  const placeAmongChosen = new Map(chosen.map((fields, place) => [fields, place]));
  const words = typed.trim().toLowerCase().split(/\s+/);
  const rows = offered.map(branch => {
    const place = placeAmongChosen.get(branch.fields);
    return { branch, isChosen: place !== undefined, error: place === undefined ? undefined : form.error(`/branches/${place}`) };
  // What is wrong is seen whatever is searched for.
  }).filter(row => row.error !== undefined || words.every(word => wordsOf(row.branch).includes(word)));
  const free = rows.filter(row => !row.isChosen).map(row => row.branch.fields).slice(0, most - chosen.length);

  const set = (branches: Members[]) => form.set('/branches', branches.length > 0 ? branches as Json : null);
  const latest = useRef({ chosen, set });
  useEffect(() => { latest.current = { chosen, set }; });
  const turn = useCallback((fields: Members, isOn: boolean) => latest.current.set(isOn ? [...latest.current.chosen, fields] : latest.current.chosen.filter(branch => branch !== fields)), []);

  if (offered.length === 0) return null;
  return (
    <Fieldset legend={t('branches.title')} p="sm" miw={0}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">{t('branches.about')}</Text>
        <Group justify="space-between" gap="xs">
          <Text size="sm" role="status">{t('branches.chosen', { chosen: whole(chosen.length), all: whole(offered.length) })}{chosen.length >= most && ` · ${t('branches.most', { most })}`}</Text>
          <Group gap="xs">
            {/* Who has pressed one stays on it, also when there is nothing more for it to do. */}
            <Button size="compact-sm" variant="default" {...unless(free.length > 0)} onClick={() => set([...chosen, ...free])}>{words[0] !== '' ? t('branches.found') : offered.length > most ? t('branches.first', { most }) : t('branches.all')}</Button>
            <Button size="compact-sm" variant="default" {...unless(chosen.length > 0)} onClick={() => set([])}>{t('branches.none')}</Button>
          </Group>
        </Group>
        {offered.length > few && (
          <TextInput label={t('branches.search')} type="search" leftSection={<IconSearch size={16} />} autoComplete="off" value={typed} onChange={e => setTyped(e.currentTarget.value)}
            // Enter searches; it does not save the form.
            onKeyDown={e => { if (e.key === 'Enter' && !e.ctrlKey && !e.metaKey) e.preventDefault(); }} />
        )}
        {rows.length === 0 && <Text size="sm" c="dimmed">{t('branches.nothing')}</Text>}
        {rows.length > 0 && <div className={classes.rows}>{rows.map(({ branch, isChosen, error }) => <Row key={`${textAt(branch, '/branchNumber')} ${textAt(branch, '/name')}`} branch={branch} isChosen={isChosen} isDisabled={!isChosen && chosen.length >= most} error={error} onTurn={turn} />)}</div>}
      </Stack>
    </Fieldset>
  );
}

const Row = memo(function Row({ branch, isChosen, isDisabled, error, onTurn }: { branch: OfferedBranch; isChosen: boolean; isDisabled: boolean; error: string | undefined; onTurn: (fields: Members, isOn: boolean) => void }) {
  const { t } = useTranslation('partners');
  return (
    <div className={classes.row}>
      <Checkbox size="sm" checked={isChosen} disabled={isDisabled} error={error} aria-invalid={error !== undefined} onChange={e => onTurn(branch.fields, e.currentTarget.checked)}
        label={<Group component="span" gap={8}><Text span size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>{textAt(branch, '/name')}</Text>{branch.isMain && <Badge component="span" variant="light" color="gray" radius="sm" tt="none">{t('branches.main')}</Badge>}</Group>}
        description={[textAt(branch, '/branchNumber'), placeOf(branch)].filter(Boolean).join(' · ')} />
    </div>
  );
});
