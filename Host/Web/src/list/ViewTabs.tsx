import { ActionIcon, Button, Group, Menu, Text, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBuilding, IconChevronDown, IconDeviceFloppy, IconDots, IconLink, IconPencil, IconRestore, IconTrash, IconUsers } from '@tabler/icons-react';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import i18next from 'i18next';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '@web/parts/ProblemText';
import { useMayWrite } from '@web/session/session';
import { useListSearch } from './search';
import { type SavedView, toText, useOpenView, type Views } from './views';
import classes from './ViewTabs.module.css';

const SaveView = lazy(() => import('./SaveView'));

const tabsAtMost = 8;
const shareIcon = { mine: null, department: IconUsers, company: IconBuilding };

/** Above a list: all, what the program brings, what people have saved; and what can be done with the open one. */
export function ViewTabs({ views, list }: { views: Views; list: string }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const go = useNavigate();
  const mayWrite = useMayWrite();
  const { search } = useListSearch();
  const { id, saved, isChanged } = useOpenView(views);
  const [dialog, setDialog] = useState<{ view: SavedView | null } | null>(null);
  const isAsIs = !id && toText(search) === '';

  const fail = (error: unknown) => notifications.show({ color: 'red', title: problemText(error, t), message: '' });
  const open = (view?: string) => void go({ to: pathname, search: (view ? { view } : {}) as never, resetScroll: false });
  const remove = (view: SavedView) => void views.remove(view).then(() => {
    open();
    const key = `view ${view.number}`;
    notifications.show({
      id: key, color: 'green', autoClose: 10_000, title: t('web:views.deleted'), closeButtonProps: { 'aria-label': t('web:close') },
      message: <Group justify="space-between" gap="xs"><span>{view.name}</span><Button size="compact-xs" variant="default" onClick={() => { notifications.hide(key); void views.restore(view).then(() => open(`${view.number}`), fail); }}>{i18next.t('web:operation.undo')}</Button></Group>,
    });
  }, fail);

  const all = [
    ...views.ready.map(r => ({ id: r.id, name: r.name, icon: null, more: '' })),
    ...views.saved.map(s => ({ id: `${s.number}`, name: s.name, icon: shareIcon[s.shared], more: s.shared === 'mine' ? '' : s.shared === 'company' ? t('web:views.company') : s.department?.name ?? '' })),
  ];
  // The open one is always among the tabs.
  const shown = all.slice(0, tabsAtMost);
  const opened = all.find(v => v.id === id);
  if (opened && !shown.includes(opened)) shown.splice(-1, 1, opened);
  const rest = all.filter(v => !shown.includes(v));

  return (
    <Group gap={2} wrap="nowrap" className={classes.bar}>
      <nav aria-label={t('web:views.title')} className={classes.tabs}>
        <UnstyledButton component={Link} to={pathname} search={{} as never} activeOptions={{ exact: true, includeSearch: true }} className={classes.tab} data-open={isAsIs || undefined} aria-current={isAsIs ? 'page' : undefined}>{t('web:views.all')}</UnstyledButton>
        {shown.map(view => (
          <UnstyledButton key={view.id} component={Link} to={pathname} search={{ view: view.id } as never} className={classes.tab} data-open={view.id === id || undefined} aria-current={view.id === id ? 'page' : undefined} title={view.more || undefined}>
            {view.icon && <view.icon size={14} aria-hidden />}{view.name}
            {view.id === id && isChanged && <span className={classes.dot} role="img" aria-label={t('web:views.changed')} title={t('web:views.changed')} />}
          </UnstyledButton>
        ))}
      </nav>
      {rest.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target><Button size="compact-sm" variant="subtle" color="gray" rightSection={<IconChevronDown size={14} />}>{t('web:views.more', { count: rest.length })}</Button></Menu.Target>
          <Menu.Dropdown mah={400} style={{ overflow: 'auto' }}>{rest.map(view => <Menu.Item key={view.id} leftSection={view.icon && <view.icon size={14} />} onClick={() => open(view.id)}>{view.name}</Menu.Item>)}</Menu.Dropdown>
        </Menu>
      )}
      <Group gap={4} wrap="nowrap" ml="auto">
        {isChanged && <ActionIcon variant="subtle" color="gray" aria-label={t('web:views.reset')} title={t('web:views.reset')} onClick={() => open(id)}><IconRestore size={16} /></ActionIcon>}
        {isChanged && saved?.mayChange && <Button size="compact-sm" variant="light" leftSection={<IconDeviceFloppy size={16} />} onClick={() => void views.change(saved, { query: toText(search) }).then(() => open(id), fail)}>{t('web:views.save')}</Button>}
        {mayWrite && (isChanged || (!id && !isAsIs)) && <Button size="compact-sm" variant="default" onClick={() => setDialog({ view: null })}>{t('web:views.saveAs')}</Button>}
        {saved && (
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t('web:views.menu', { name: saved.name })}><IconDots size={16} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Label><Text size="xs" span>{saved.isMine ? t('web:views.mine') : saved.owner.name}</Text></Menu.Label>
              <Menu.Item leftSection={<IconLink size={16} />} onClick={() => void navigator.clipboard.writeText(`${location.origin}${pathname}?view=${saved.number}`).then(() => notifications.show({ message: t('web:views.copied'), autoClose: 3000 }), () => undefined)}>{t('web:views.copy')}</Menu.Item>
              {saved.mayChange && <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog({ view: saved })}>{t('web:views.rename')}</Menu.Item>}
              {saved.mayChange && <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => remove(saved)}>{t('web:views.delete')}</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      <Suspense>{dialog && <SaveView views={views} list={list} view={dialog.view} query={toText(search)} onClose={() => setDialog(null)} onSaved={number => { setDialog(null); open(`${number}`); }} />}</Suspense>
    </Group>
  );
}
