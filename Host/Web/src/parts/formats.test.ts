import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { amount, country, day, duration } from './formats';

/** As people write them there; the space between thousands may not break. */
const expected = {
  sv: ['1 234 567,50', 'Danmark'], da: ['1.234.567,50', 'Danmark'],
  nb: ['1 234 567,50', 'Danmark'], fi: ['1 234 567,50', 'Tanska'], en: ['1,234,567.50', 'Denmark'],
} as const;

describe.each(Object.keys(expected) as (keyof typeof expected)[])('In %s', language => {
  it('a date is day, month, year (R6), and an unknown one is blank', async () => {
    await i18next.init({ lng: language, resources: {} });
    expect(day('2026-03-07')).toBe('07.03.2026');
    expect(day(null)).toBe('');
  });

  it('amounts and countries are written as people there do', async () => {
    await i18next.init({ lng: language, resources: {} });
    expect([amount(1234567.5).replaceAll(/\s/g, ' '), country('DK')]).toEqual([...expected[language]]);
  });

  it('what takes no time takes 0 seconds, and what takes long is told in its two largest units', async () => {
    await i18next.init({ lng: language, resources: {} });
    const took = (seconds: number) => duration('2026-01-15T09:00:00Z', new Date(Date.parse('2026-01-15T09:00:00Z') + seconds * 1000).toISOString()).replaceAll(/[^\d ]/g, '').split(' ').filter(Boolean);
    expect([took(0), took(59), took(125), took(120), took(3_780), took(90_061)]).toEqual([['0'], ['59'], ['2', '5'], ['2'], ['1', '3'], ['25', '1']]);
  });
});
