import { Loader, Modal, Text, TextInput, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { modules } from '@web/modules';
import { problemText } from '@web/parts/ProblemText';
import { useFocusBack } from '@web/parts/useFocusBack';
import { useCompany, useRole } from '@web/session/session';
import { createItems, everyItem, isOffered } from './menus';
import classes from './Palette.module.css';

const finders = modules.flatMap(m => m.finders ?? []);

interface Hit { key: string; text: string; detail: string; to: string; under: string }

/** Ctrl+K: every page by name, and what the modules find. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const company = useCompany();
  const role = useRole();
  useFocusBack();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const [asked] = useDebouncedValue(words.trim(), 150);
  const found = useQueries({
    queries: finders.map(finder => ({
      queryKey: ['find', company, finder.text, asked],
      queryFn: ({ signal }: { signal: AbortSignal }) => finder.find(company, asked, signal),
      enabled: asked !== '',
    })),
  });

  const hits: Hit[] = [
    ...(asked === '' ? [] : found.flatMap((query, at) => (query.data ?? []).map(hit => ({ ...hit, under: finders[at]!.text })))),
    ...everyItem.filter(item => isOffered(item, role)).map(item => ({ key: item.to, text: t(item.text), detail: item.keys ?? '', to: item.to, under: createItems.includes(item) ? 'web:shell.addNew' : 'web:palette.pages' }))
      .filter(item => item.text.toLowerCase().includes(words.trim().toLowerCase())),
  ];
  const at = Math.min(chosen, hits.length - 1);
  const failed = found.find(query => query.error)?.error;

  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    void go({ to: `/${company}/${hit.to}` });
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0));
    else if (event.key === 'Enter') open(hits[at]);
    else return;
    event.preventDefault();
  };

  return (
    <Modal.Root opened onClose={onClose} returnFocus={false} padding={0} size="lg" yOffset="10vh" transitionProps={{ duration: 100 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('shell.search')}>
        <Modal.Body>
          <TextInput data-autofocus size="md" variant="unstyled" px="sm" leftSection={<IconSearch size={18} />} rightSection={found.some(q => q.isFetching) ? <Loader size="xs" /> : null} placeholder={t('palette.hint')}
            value={words} onChange={e => { setWords(e.currentTarget.value); setChosen(0); }} onKeyDown={pressed}
            role="combobox" aria-expanded aria-controls="palette-hits" aria-label={t('palette.hint')} aria-activedescendant={at >= 0 ? `palette-${at}` : undefined} />
          <div className={classes.hits} id="palette-hits" role="listbox" aria-label={t('palette.hits')}>
            {hits.map((hit, i) => (
              <div key={`${hit.under} ${hit.key} ${hit.text}`} role="presentation">
                {hit.under !== hits[i - 1]?.under && <Text size="xs" c="dimmed" fw={600} px="sm" pt="xs" role="presentation">{t(hit.under)}</Text>}
                <UnstyledButton id={`palette-${i}`} role="option" aria-selected={i === at} tabIndex={-1} className={classes.hit} onClick={() => open(hit)} onMouseMove={() => setChosen(i)}>
                  <span className={classes.text}>{hit.text}</span><Text span size="sm" c="dimmed">{hit.detail}</Text>
                </UnstyledButton>
              </div>
            ))}
            {hits.length === 0 && <Text c="dimmed" p="md">{failed ? problemText(failed, t) : t('palette.nothing')}</Text>}
          </div>
          <VisuallyHidden role="status" aria-live="polite">{t('palette.count', { count: hits.length })}</VisuallyHidden>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
