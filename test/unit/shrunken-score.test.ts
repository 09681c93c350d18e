import { describe, expect, it } from 'vitest';
import { shrunkenScores } from '../../queries/selection/shrunken-score.ts';

const item = (group: string, lastQuarter: number, quarterBefore: number) => ({
  group,
  lastQuarter,
  quarterBefore
});

describe('shrunkenScores', () => {
  it('takes last quarter as it is where items never change', () => {
    const scores = shrunkenScores([item('a', 100, 100), item('a', 20, 20)]);
    expect(scores.map((score) => score.p50)).toEqual([100, 20]);
    expect(scores.map((score) => score.evidence)).toEqual([1, 1]);
  });

  it('falls back to the group mean where quarters say nothing about each other', () => {
    const scores = shrunkenScores([item('a', 100, -100), item('a', 90, -90), item('a', 110, -110)]);
    for (const score of scores) expect(score.p50).toBeCloseTo(100, 9);
    for (const score of scores) expect(score.evidence).toBe(0);
  });

  it('shrinks towards the mean and keeps the order inside a group', () => {
    const items = [item('a', 100, 80), item('a', 10, 30), item('a', 50, 40), item('a', 0, 5)];
    const scores = shrunkenScores(items);
    const mean = 40;
    scores.forEach((score, index) => {
      const own = items[index]?.lastQuarter ?? 0;
      expect(Math.abs(score.p50 - mean)).toBeLessThanOrEqual(Math.abs(own - mean));
      expect(score.p10).toBeLessThanOrEqual(score.p50);
      expect(score.p50).toBeLessThanOrEqual(score.p90);
      expect(score.pLoss).toBeGreaterThanOrEqual(0);
      expect(score.pLoss).toBeLessThanOrEqual(1);
    });
  });

  it('scales with the currency and never reorders', () => {
    const items = [item('a', 100, 80), item('a', 10, 30), item('b', 50, 40), item('b', -20, 5)];
    const scaled = items.map(({ group, lastQuarter, quarterBefore }) =>
      item(group, lastQuarter * 7.5, quarterBefore * 7.5)
    );
    const before = shrunkenScores(items);
    const after = shrunkenScores(scaled);
    after.forEach((score, index) => {
      expect(score.p50).toBeCloseTo((before[index]?.p50 ?? 0) * 7.5, 8);
      expect(score.percentile).toBe(before[index]?.percentile);
      expect(score.pLoss).toBeCloseTo(before[index]?.pLoss ?? 0, 10);
    });
  });
});
