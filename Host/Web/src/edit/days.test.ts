import { describe, expect, it } from 'vitest';
import { addDays, dayOf } from './days';

const from = '2026-03-05';
const understood = (text: string) => dayOf(text, from, ['i dag', 'i morgon']);

describe('A day can be typed', () => {
  it.each(['07.03.2026', '7.3.2026', '7.3.26', '7.3', '070326', '07032026', '7/3', '7-3-2026', '2026-03-07', ' 7.3. ', '+2'])('as %s', text => expect(understood(text)).toBe('2026-03-07'));

  it('as a word for today or tomorrow', () => expect([understood('i dag'), understood('I morgon')]).toEqual([from, '2026-03-06']));

  it('and one that is not there is not understood', () => expect(['31.02.2026', '7.13', 'soon', '1', '30.02'].map(understood)).toEqual(Array(5).fill(undefined)));

  it('and counting crosses months and leap days', () => expect([addDays('2028-02-28', 1), addDays('2026-12-31', 1), addDays(from, -5)]).toEqual(['2028-02-29', '2027-01-01', '2026-02-28']));
});
