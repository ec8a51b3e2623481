import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { amount, country, day } from './formats';

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
});
