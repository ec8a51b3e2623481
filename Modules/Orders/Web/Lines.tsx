import { ActionIcon, Button, Group, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FigureInput } from '@web/edit/numbers';
import { Amount } from '@web/parts/Amount';
import { useKeys } from '@web/parts/useKeys';
import { isBlank, type Line, netOf, newLine, totalOf } from './lines';
import classes from './Lines.module.css';

interface Props { lines: Line[]; onChange: (lines: Line[]) => void; currency: string; usualDiscount: number; error: (pointer: string) => string | undefined }

const columns = ['text', 'quantity', 'price', 'discount'] as const;

/** The rows of an order while they are written. Enter goes down and after the last row makes another; Alt with the arrows moves a row. */
export function Lines({ lines, onChange, currency, usualDiscount, error }: Props) {
  const { t } = useTranslation('orders');
  const element = useRef<HTMLDivElement>(null);
  const [wanted, want] = useState<{ row: number; column: string } | null>(null);
  const [said, say] = useState('');

  useEffect(() => {
    if (!wanted) return;
    element.current?.querySelector<HTMLElement>(`[data-row="${wanted.row}"] [data-column="${wanted.column}"] input`)?.focus();
    want(null);
  }, [wanted]);

  const change = (at: number, fields: Partial<Line>) => onChange(lines.map((line, i) => (i === at ? { ...line, ...fields } : line)));
  const add = (column = 'text') => { const line = newLine(); onChange([...lines, line]); want({ row: line.row, column }); };
  const remove = (at: number) => {
    const left = lines.filter((_, i) => i !== at);
    onChange(left);
    say(t('lines.removed', { number: at + 1 }));
    const next = left[Math.min(at, left.length - 1)];
    if (next) want({ row: next.row, column: 'text' });
  };
  const move = (at: number, by: -1 | 1, column: string) => {
    const to = at + by;
    if (to < 0 || to >= lines.length) return;
    onChange(lines.toSpliced(at, 1).toSpliced(to, 0, lines[at]!));
    say(t('lines.moved', { number: to + 1, count: lines.length }));
    want({ row: lines[at]!.row, column });
  };
  useKeys({ 'alt+ArrowUp': { text: t('web:help.order') }, 'alt+ArrowDown': { text: t('web:help.order') } });
  const pressed = (event: KeyboardEvent, at: number) => {
    const column = (event.target as Element).closest('[data-column]')?.getAttribute('data-column');
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) move(at, event.key === 'ArrowUp' ? -1 : 1, column ?? 'text');
    else if (event.key === 'Enter' && column && !event.ctrlKey && !event.metaKey) { const next = lines[at + 1]; if (next) want({ row: next.row, column }); else add(); }
    else return;
    event.preventDefault();
  };

  const ofAll = lines.some((_, at) => error(`/lines/${at}`)) ? undefined : error('/lines');
  return (
    <div ref={element} role="group" aria-label={t('lines.title')}>
      <VisuallyHidden role="status" aria-live="polite">{said}</VisuallyHidden>
      <div className={classes.head} aria-hidden>{[...columns, 'net' as const].map(column => <Text key={column} size="xs" fw={600} className={classes[column]}>{t(`lines.${column}`)}</Text>)}</div>
      {lines.map((line, at) => {
        // The server counts only the rows that it was sent.
        const sent = `/lines/${lines.slice(0, at).filter(other => !isBlank(other)).length}`;
        const label = (column: string) => `${t(`lines.${column}`)}, ${t('lines.row', { number: at + 1 })}`;
        const figure = (column: 'quantity' | 'price' | 'discount', pointer: string, more: object) => (
          <FigureInput size="xs" className={classes[column]} wrapperProps={{ 'data-column': column }} aria-label={label(column)} placeholder={t(`lines.${column}`)} value={line[column]} error={isBlank(line) ? undefined : error(`${sent}/${pointer}`)} onChange={value => change(at, { [column]: value })} styles={{ input: { textAlign: 'end' } }} {...more} />
        );
        return (
          <div key={line.row} data-row={line.row} role="group" aria-label={t('lines.row', { number: at + 1 })} className={classes.row} onKeyDown={event => pressed(event, at)}>
            <TextInput size="xs" className={classes.text} wrapperProps={{ 'data-column': 'text' }} aria-label={label('text')} placeholder={t('lines.text')} maxLength={500} value={line.text} error={isBlank(line) ? undefined : error(`${sent}/text`)} onChange={e => change(at, { text: e.currentTarget.value })} />
            {figure('quantity', 'quantity', { decimalScale: 4 })}
            {figure('price', 'unitPrice', { decimalScale: 4 })}
            {figure('discount', 'discountPercent', { decimalScale: 2, max: 100, suffix: ' %', ...(usualDiscount > 0 ? { placeholder: `${usualDiscount} %` } : {}) })}
            <Text size="sm" ta="end" className={classes.net}><VisuallyHidden>{t('lines.net')} </VisuallyHidden><Amount money={{ amount: netOf(line, currency, usualDiscount), currency }} /></Text>
            <Group gap={0} wrap="nowrap" className={classes.actions}>
              <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('lines.up', { number: at + 1 })} aria-keyshortcuts="Alt+ArrowUp" disabled={at === 0} onClick={() => move(at, -1, 'text')}><IconArrowUp size={15} /></ActionIcon>
              <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('lines.down', { number: at + 1 })} aria-keyshortcuts="Alt+ArrowDown" disabled={at === lines.length - 1} onClick={() => move(at, 1, 'text')}><IconArrowDown size={15} /></ActionIcon>
              <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('lines.remove', { number: at + 1 })} onClick={() => remove(at)}><IconTrash size={15} /></ActionIcon>
            </Group>
          </div>
        );
      })}
      {ofAll && <Text size="sm" c="var(--mantine-color-error)" role="alert">{ofAll}</Text>}
      <Group justify="space-between" mt="xs">
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} />} onClick={() => add()}>{t('lines.add')}</Button>
        <Text fw={700} className={classes.total} aria-live="polite">{t('lines.total')} <Amount money={{ amount: totalOf(lines, currency, usualDiscount), currency }} /></Text>
      </Group>
    </div>
  );
}
