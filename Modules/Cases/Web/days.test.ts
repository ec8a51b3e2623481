import { describe, expect, it } from 'vitest';
import { bucketOf, buckets, nextMonth, toBucket, workday } from './days';

const today = '2026-03-07';

describe('The quick dates', () => {
  it('skip the weekend', () => {
    expect(['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09'].map(workday)).toEqual(['2026-03-06', '2026-03-09', '2026-03-09', '2026-03-09']);
  });

  it('stay in the next month', () => {
    expect(['2026-01-31', '2026-12-15', '2024-01-30'].map(nextMonth)).toEqual(['2026-02-28', '2027-01-15', '2024-02-29']);
  });
});

describe('A slice of dates', () => {
  it.each(buckets)('%s is found again in the address bar, and taken away without a trace', bucket => {
    const change = toBucket({}, 'followUp', bucket, today);
    const search = Object.fromEntries(Object.entries(change).flatMap(([key, value]) => (value ? [[key, value]] : [])));
    expect(bucketOf(search, 'followUp', today)).toBe(bucket);
    expect(bucketOf(search, 'expectedClose', today)).toBeUndefined();
    expect(Object.values(toBucket(search, 'followUp', undefined, today)).filter(value => value !== undefined)).toEqual([]);
  });

  it('that is left keeps closed cases out', () => {
    expect('kind' in toBucket({ 'followUp.lt': today, 'expectedClose.lt': today }, 'followUp', undefined, today)).toBe(false);
  });

  it('is not known before today is', () => {
    expect(bucketOf({ 'followUp.lt': today }, 'followUp', undefined)).toBeUndefined();
  });

  it('is none of them when the stretch is another', () => {
    expect(bucketOf({ 'followUp.gte': today }, 'followUp', today)).toBeUndefined();
  });
});
