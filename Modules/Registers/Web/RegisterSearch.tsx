import { ActionIcon, Combobox, Group, Loader, Text, TextInput, Tooltip, useCombobox } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { day } from '@web/parts/formats';
import { useCompany } from '@web/session/session';
import { type Found, type Hit, leastLetters, lookupQuery, nameOf, readFound, type Register } from './registers';
import { useSearchWords } from './words';

/** How long somebody pauses between two letters at most. */
const pause = 150;

const keyOf = (hit: Hit) => `${hit.plugin}/${hit.organisationNumber}`;
const wordsOf = (typed: string) => typed.trim().replaceAll(/\s+/g, ' ');

interface Props { country: string; registers: Register[]; hasFocus: boolean; onFound: (found: Found) => void }

/** Finds a firm in the registers of a country: while typing (R48), or by the magnifier and Enter (R54). */
export function RegisterSearch({ country, registers, hasFocus, onFound }: Props) {
  const { t } = useTranslation('registers');
  const company = useCompany();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [asked, ask] = useState('');
  const askLater = useDebouncedCallback(ask, pause);
  const lookup = useQuery({ ...lookupQuery(company, country, asked), placeholderData: before => before });
  const hits = asked.length >= leastLetters ? lookup.data?.items ?? [] : [];
  const read = useMutation({ mutationFn: (hit: Hit) => readFound(company, hit) });

  const [isOpen, setOpen] = useState(false);
  const list = useCombobox({ opened: isOpen && hits.length > 0, onOpenedChange: setOpen, onDropdownClose: () => list.resetSelectedOption() });
  // What was marked in other hits is not meant any more.
  useEffect(() => list.resetSelectedOption(), [lookup.data]);
  useEffect(() => { if (hasFocus) input.current?.focus(); }, []);

  const type = (text: string) => { setTyped(text); read.reset(); askLater(wordsOf(text)); setOpen(true); };
  const search = () => {
    const words = wordsOf(typed);
    askLater.cancel();
    // The same words again: the register may be back.
    if (words === asked) void lookup.refetch();
    ask(words);
    setOpen(true);
    input.current?.focus();
  };
  const choose = (key: string) => {
    const hit = hits.find(h => keyOf(h) === key);
    if (!hit) return;
    askLater.cancel();
    setTyped(hit.name);
    ask('');
    setOpen(false);
    read.mutate(hit, { onSuccess: onFound });
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || (list.dropdownOpened && list.getSelectedOptionIndex() >= 0)) return;
    // Enter looks up; it does not save the form.
    event.preventDefault();
    search();
  };
  const isBusy = lookup.isFetching || read.isPending;
  const status = useSearchWords({ typed: wordsOf(typed), asked, registers, lookup, read });

  return (
    <div role="search">
      <Combobox store={list} onOptionSubmit={choose} withinPortal>
        <Combobox.Target withExpandedAttribute>
          <TextInput ref={input} label={t('search.label', { register: registers.map(nameOf).join(', ') })} placeholder={t('search.example')} data-autofocus={hasFocus || undefined} aria-autocomplete="list" autoComplete="off" maxLength={200} spellCheck={false}
            value={typed} onChange={e => type(e.currentTarget.value)} onKeyDown={pressed} onBlur={() => setOpen(false)} onClick={() => setOpen(true)}
            rightSection={<Tooltip label={t('search.now')}><ActionIcon variant="subtle" color="gray" aria-label={t('search.now')} onMouseDown={e => e.preventDefault()} onClick={search}>{isBusy ? <Loader size={16} /> : <IconSearch size={17} />}</ActionIcon></Tooltip>} />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label={t('search.hits')}>
            {hits.map(hit => (
              <Combobox.Option key={keyOf(hit)} value={keyOf(hit)}>
                <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
                  <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>{hit.name}{(hit.ceasedOn ?? hit.trouble) && <Text span size="xs" c="var(--mantine-color-error)" ms={6}>{hit.ceasedOn ? t('hit.ceased', { day: day(hit.ceasedOn) }) : hit.trouble}</Text>}</Text>
                  <Text size="xs" c="dimmed" ta="end" flex="none" maw="50%">{[hit.organisationNumber, hit.city].filter(Boolean).join(' · ')}</Text>
                </Group>
              </Combobox.Option>
            ))}
          </Combobox.Options>
          {status.isProblem && hits.length > 0 && <Combobox.Footer aria-hidden><Text size="xs" c="var(--mantine-color-error)">{status.text}</Text></Combobox.Footer>}
        </Combobox.Dropdown>
      </Combobox>
      <Text role="status" size="xs" mt={4} mih="1.5em" c={status.isProblem ? 'var(--mantine-color-error)' : 'dimmed'}>{status.text}</Text>
    </div>
  );
}
