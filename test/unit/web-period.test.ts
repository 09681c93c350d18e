import { describe, expect, it } from 'vitest';
import {
  comparisonRange,
  resolvePeriod,
  stepPeriod,
  weeksUpTo
} from '../../web/lib/filters/period.ts';
import { daysBetween, weekStart } from '../../web/lib/format/dates.ts';

const span = { first_date: '2024-11-01', as_of: '2026-11-18' };

describe('periods count back from the data', () => {
  it.each([
    ['qtd', '2026-10-01', '2026-11-18'],
    ['28d', '2026-10-22', '2026-11-18'],
    ['90d', '2026-08-21', '2026-11-18'],
    ['month', '2026-10-01', '2026-10-31'],
    ['ytd', '2026-01-01', '2026-11-18'],
    ['all', '2024-11-01', '2026-11-18']
  ] as const)('%s is %s to %s', (preset, from, to) => {
    expect(resolvePeriod(preset, span)).toEqual({ from, to });
  });

  it('takes the running month when the data ends on its last day', () => {
    const atEnd = { ...span, as_of: '2026-02-28' };
    expect(resolvePeriod('month', atEnd)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });

  it('crosses the year for the last complete month in January', () => {
    const january = { ...span, as_of: '2026-01-15' };
    expect(resolvePeriod('month', january)).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  });
});

describe('comparisons', () => {
  const quarter = { from: '2026-10-01', to: '2026-11-18' };

  it('puts every weekday opposite the same weekday of last year', () => {
    const before = comparisonRange(quarter, 'year', span);
    expect(before).toEqual({ from: '2025-10-02', to: '2025-11-19' });
    expect(daysBetween(before?.from ?? '', quarter.from) % 7).toBe(0);
  });

  it('takes the days just before for the previous period', () => {
    expect(comparisonRange(quarter, 'previous', span)).toEqual({
      from: '2026-08-13',
      to: '2026-09-30'
    });
  });

  it('gives none when switched off or when the data does not reach back', () => {
    expect(comparisonRange(quarter, 'off', span)).toBeUndefined();
    const young = { ...span, first_date: '2026-01-01' };
    expect(comparisonRange(quarter, 'year', young)).toBeUndefined();
  });
});

describe('stepping through periods', () => {
  const month = { from: '2026-10-01', to: '2026-10-31' };

  it('keeps the length and touches the period it left', () => {
    expect(stepPeriod(month, -1, span)).toEqual({ from: '2026-08-31', to: '2026-09-30' });
  });

  it('stays inside the data on both sides', () => {
    expect(stepPeriod(month, 1, span).to).toBe('2026-11-18');
    const first = { from: '2024-11-05', to: '2024-12-05' };
    expect(stepPeriod(first, -1, span).from).toBe('2024-11-01');
  });
});

describe('weeks', () => {
  it('start on Monday, also for a Sunday and across the year', () => {
    expect(weekStart('2026-11-22')).toBe('2026-11-16');
    expect(weekStart('2026-01-01')).toBe('2025-12-29');
    expect(weeksUpTo('2026-01-05', 3)).toEqual(['2025-12-22', '2025-12-29', '2026-01-05']);
  });
});
