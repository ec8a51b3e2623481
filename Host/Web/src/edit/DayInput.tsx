import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { day } from '@web/parts/formats';
import { dayOf, today } from './days';

type Props = Omit<TextInputProps, 'value' | 'onChange'> & { value: string | null; onChange: (iso: string | null) => void };

/** A day, typed and shown as 07.03.2026 (R6); the button opens the browser's own calendar. */
export function DayInput({ value, onChange, error, ...input }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(day(value));
  const [isWrong, setWrong] = useState(false);
  const calendar = useRef<HTMLInputElement>(null);
  const leave = () => { setText(day(value)); setWrong(false); };
  useEffect(leave, [value]);

  const take = () => {
    if (text === day(value)) return;
    const meant = text.trim() === '' ? null : dayOf(text, today(), [t('web:edit.today'), t('web:edit.tomorrow')]);
    setWrong(meant === undefined);
    if (meant === undefined) return;
    setText(day(meant));
    onChange(meant);
  };
  return (
    <TextInput {...input} value={text} inputMode="text" autoComplete="off" placeholder={t('web:edit.dayForm')} error={isWrong ? t('web:edit.notADay') : error} data-misread={isWrong || undefined}
      onChange={e => setText(e.currentTarget.value)} onBlur={e => { take(); input.onBlur?.(e); }} onKeyDown={e => { if (e.key === 'Enter') take(); if (e.key === 'Escape') leave(); input.onKeyDown?.(e); }}
      rightSection={(
        <>
          <ActionIcon variant="subtle" color="gray" size="sm" disabled={Boolean(input.disabled ?? false) || Boolean(input.readOnly)} aria-label={t('web:edit.calendar')} onClick={() => calendar.current?.showPicker()}><IconCalendar size={16} /></ActionIcon>
          <input ref={calendar} type="date" tabIndex={-1} aria-hidden value={value ?? ''} onChange={e => onChange(e.currentTarget.value || null)} style={{ position: 'absolute', insetInlineEnd: 0, bottom: 0, width: 1, height: 1, opacity: 0, border: 0, padding: 0, pointerEvents: 'none' }} />
        </>
      )} />
  );
}
