import { Alert, Button, Group, Radio, Select, Stack, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { Problem } from '@web/api/problem';
import { Dialog } from '@web/parts/Dialog';
import { problemText } from '@web/parts/ProblemText';
import { useDepartments } from '@web/parts/company';
import type { SavedView, Views } from './views';

interface Props { views: Views; list: string; view: SavedView | null; query: string; onClose: () => void; onSaved: (number: number) => void }

/** Saves what the list shows under a name; or, for a view that is there, changes its name and who sees it. */
export default function SaveView({ views, list, view, query, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState<Schemas['Sharing']>(view?.shared ?? 'mine');
  const [department, setDepartment] = useState<string | null>(view?.department?.id ?? null);
  const departments = useDepartments();
  const offered = (departments.data ?? []).filter(d => !d.disabled || d.id === department);
  const save = useMutation({
    mutationFn: async () => {
      const fields = { name, shared, ...(shared === 'department' ? { department } : {}) };
      if (view) { await views.change(view, fields); return view.number; }
      return (await views.create({ list, query, ...fields })).number;
    },
    onSuccess: onSaved,
  });
  const of = (pointer: string) => (save.error instanceof Problem ? save.error.of(pointer) : undefined);
  return (
    <Dialog onClose={onClose} title={t(view ? 'web:views.rename' : 'web:views.saveAs')}>
      <form noValidate onSubmit={event => { event.preventDefault(); save.mutate(); }}>
        <Stack>
          {save.error && <Alert color="red" icon={<IconAlertCircle />} role="alert">{problemText(save.error, t)}</Alert>}
          <TextInput data-autofocus required label={t('web:views.name')} value={name} maxLength={100} error={of('/name')} onChange={event => setName(event.currentTarget.value)} />
          <Radio.Group label={t('web:views.shared')} value={shared} onChange={value => setShared(value as Schemas['Sharing'])}>
            <Stack gap={6} mt={6}>
              <Radio value="mine" label={t('web:views.shareMine')} disabled={view !== null && !view.isMine} />
              {offered.length > 0 && <Radio value="department" label={t('web:views.shareDepartment')} />}
              <Radio value="company" label={t('web:views.shareCompany')} />
            </Stack>
          </Radio.Group>
          {shared === 'department' && <Select label={t('web:views.department')} required value={department} error={of('/department')} data={offered.map(d => ({ value: d.id, label: d.name }))} onChange={setDepartment} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('web:cancel')}</Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>{t('web:views.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
