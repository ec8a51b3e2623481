import { Group, Text, Timeline as Line, VisuallyHidden } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@web/api/client';
import { moment } from '@web/parts/formats';
import { usePartnerWords } from '../fields/words';
import { type Change, changesOf, contactChangesOf } from './changes';

export type Entry = Schemas['TimelineEntry'];

const named = ['partner.created', 'partner.changed', 'partner.stageSet', 'partner.deleted', 'partner.restored', 'partner.reverted', 'partner.balanceSet', 'partner.externalSet', 'partner.invoicedSet', 'partner.orderPlaced', 'partner.orderChanged', 'partner.orderInvoiced', 'partner.orderReopened',
  'partner.logoSet', 'partner.logoRemoved', 'contact.added', 'contact.changed', 'contact.removed'];

/** What happened, newest first, each with what it changed. */
export function Entries({ entries, brief }: { entries: readonly Entry[]; brief?: boolean }) {
  const { t } = useTranslation('partners');
  return (
    <Line bulletSize={12} lineWidth={2}>
      {entries.map(entry => (
        <Line.Item key={entry.seq} title={<Text size="sm" fw={500}>{t(named.includes(entry.fact) ? `fact.${entry.fact}` : 'fact.other')}</Text>}>
          {(!brief || entry.fact !== 'partner.created') && <Details entry={entry} most={brief ? 3 : 100} />}
          <Text size="xs" c="dimmed">{[moment(entry.at), who(entry, t), entry.operation !== null && t('timeline.operation', { number: entry.operation })].filter(Boolean).join(' · ')}</Text>
        </Line.Item>
      ))}
    </Line>
  );
}

/** Who did it, in words. */
export function who(entry: Entry, t: (key: string) => string): string {
  return entry.by?.name ?? t(entry.caller.startsWith('key:') ? 'timeline.key' : 'timeline.program');
}

function Details({ entry, most }: { entry: Entry; most: number }) {
  const { t } = useTranslation('partners');
  const { label, words, isKnown } = usePartnerWords();
  const changes = changesOf(entry.before, entry.after).filter(c => isKnown(c.pointer)).map(c => ({ term: label(c.pointer), ...said(c, words) })).filter(c => c.before !== c.after);
  const people = contactChangesOf(entry.before, entry.after).flatMap(p => (p.changes.length > 0
    ? p.changes.map(c => ({ term: `${p.name}, ${t(`contact.field.${c.pointer.slice(1)}`).toLowerCase()}`, ...said(c, (_, v) => (typeof v === 'boolean' ? t(v ? 'yes' : 'no') : String(v ?? ''))) }))
    : [{ term: p.name, before: '', after: '' }]));
  const all = [...changes, ...people];
  return (
    <>
      {all.slice(0, most).map(({ term, before, after }) => (
        <Text key={term} size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
          <Text span c="dimmed" inherit>{term}</Text>{(before || after) && <Group component="span" gap={4} display="inline-flex" ml={6} style={{ flexWrap: 'wrap' }}>
            {before && <Text span inherit td="line-through" c="dimmed"><VisuallyHidden>{t('timeline.was')} </VisuallyHidden>{before}</Text>}
            {before && <IconArrowRight size={13} aria-hidden />}
            <Text span inherit>{after || t('timeline.nothing')}</Text>
          </Group>}
        </Text>
      ))}
      {all.length > most && <Text size="xs" c="dimmed">{t('timeline.more', { count: all.length - most })}</Text>}
    </>
  );
}

const said = (change: Change, words: (pointer: string, value: unknown) => string) => ({ before: words(change.pointer, change.before), after: words(change.pointer, change.after) });
