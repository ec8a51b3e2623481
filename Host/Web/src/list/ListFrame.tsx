import { Button, Group, Skeleton, Text, Title } from '@mantine/core';
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { lazy, type ReactNode, type RefObject, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useUndoKey } from '@web/operations/undo';
import { useKeys } from '@web/parts/useKeys';
import classes from './ListFrame.module.css';
import { filtersOf, useListSearch } from './search';

const FilterDrawer = lazy(() => import('./FilterDrawer'));

interface Props {
  /** The user's choice about the filters is kept under it. */
  name: string;
  title: string;
  /** How many there are, in words. */
  status: string;
  /** A FilterPane; it is loaded when it is to be seen. */
  filters: ReactNode;
  /** Whether the filters stand beside the list until the user says otherwise; else they do where there is much room. */
  docks?: boolean;
  /** Before and after the button of the filters. */
  tools?: ReactNode;
  actions?: ReactNode;
  /** Below the title's line and inside its border, such as what is filtered by. */
  below?: ReactNode;
  children: ReactNode;
}

/** Whether a list's filters stand beside it: as the user left it, where there is room. */
export function useDocked(name: string, docks = false) {
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const [chosen, choose] = useLocalStorage<boolean | null>({ key: `crm-filters-${name}`, defaultValue: null, getInitialValueInEffect: false });
  return { wide, isDocked: wide && (chosen ?? docks), choose };
}

/** What is around every list: its title and buttons, and the filters at the left (R37), or in a drawer where there is no room. */
export function ListFrame({ name, title, status, filters, docks, tools, actions, below, children }: Props) {
  const { t } = useTranslation();
  const { search } = useListSearch();
  const { wide, isDocked, choose } = useDocked(name, docks);
  const [isOpen, { open, close }] = useDisclosure(false);
  const filtered = Object.keys(filtersOf(search)).length;
  const pane = useRef<HTMLElement>(null);
  const isWanted = useRef(false);
  const toFilters = () => {
    isWanted.current = isDocked ? !focusFirst(pane) : wide;
    if (!wide) open(); else if (!isDocked) choose(true);
  };
  useUndoKey();
  useKeys({ f: { text: t('filters.title'), run: toFilters } }, 'frame');
  return (
    <div className={classes.page}>
      {isDocked && <aside className={classes.filters} ref={pane} aria-label={t('filters.title')}><Suspense fallback={<Skeleton height={400} />}>{filters}<Arrival at={pane} isWanted={isWanted} /></Suspense></aside>}
      <section className={classes.main} aria-labelledby="list-title">
        <Group className={classes.top} gap="sm">
          <Title order={1} size="h4" id="list-title">{title}</Title>
          <Text size="sm" c="dimmed" role="status" aria-live="polite">{status}</Text>
          <Group gap="xs" ml="auto">
            {tools}
            <Button size="compact-sm" variant={isDocked ? 'light' : 'default'} aria-pressed={wide ? isDocked : undefined} leftSection={<IconFilter size={16} />} aria-keyshortcuts="F" onClick={() => (wide ? choose(!isDocked) : open())}>{filtered > 0 ? t('filters.some', { count: filtered }) : t('filters.title')}</Button>
            {actions}
          </Group>
          {below}
        </Group>
        {children}
      </section>
      {!wide && isOpen && <Suspense><FilterDrawer onClose={close}>{filters}</FilterDrawer></Suspense>}
    </div>
  );
}

const focusFirst = (pane: RefObject<HTMLElement | null>): boolean => {
  const field = pane.current?.querySelector('input');
  field?.focus();
  return field != null;
};

/** Beside the filters, which may have been on their way when somebody asked for them by key. */
function Arrival({ at, isWanted }: { at: RefObject<HTMLElement | null>; isWanted: RefObject<boolean> }) {
  useEffect(() => { if (isWanted.current) isWanted.current = !focusFirst(at); }, [at, isWanted]);
  return null;
}

/** Where the rows are, or what there is in their place. */
export function ListBody({ children }: { children: ReactNode }) {
  return <div className={classes.list}>{children}</div>;
}

/** In place of rows: that there are none, and what can be done about it. */
export function NoRows({ icon, text, children }: { icon: ReactNode; text: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const { search, clear } = useListSearch();
  return (
    <div className={classes.empty}>
      {icon}
      <Text fw={600}>{text}</Text>
      {Object.keys(filtersOf(search)).length > 0 ? <Button variant="default" onClick={clear}>{t('filters.clear')}</Button> : children}
    </div>
  );
}
