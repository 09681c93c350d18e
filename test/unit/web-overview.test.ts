import { describe, expect, it } from 'vitest';
import { words } from '../../web/lib/format/words.ts';
import { cm3Axis, growth, overview } from '../../web/lib/overview/markets.ts';
import { overviewSentence, tableFinding } from '../../web/lib/overview/sentences.ts';
import { weekRange, weekSeries, weekShares } from '../../web/lib/overview/weeks.ts';

const en = words('en', 'USD');
const zh = words('zh', 'USD');

function market(code: string, revenue: string, cm3: string) {
  return {
    market: code,
    currency: 'USD',
    orders: 10,
    units: 20,
    gross_sales: revenue,
    refunds: '-10.0000',
    net_revenue: revenue,
    cm1: cm3,
    cm2: cm3,
    cm3,
    known_cost_share: 1,
    settled_share: 0.5,
    unmapped_amount: '0.0000'
  };
}

const move = (code: string, step: string, change: string) => ({
  market: code,
  step,
  currency: 'USD',
  amount: change,
  amount_before: '0.0000',
  change
});

describe('overview totals', () => {
  const now = [market('US', '1000.0000', '200.0000'), market('DE', '500.0000', '-50.0000')];
  const before = [market('US', '800.0000', '100.0000')];

  it('takes ratios of sums, never sums of ratios', () => {
    const { total } = overview(now, undefined);
    expect(total.cm3Share).toBeCloseTo(150 / 1500);
    expect(total.settledShare).toBeCloseTo(0.5);
  });

  it('lists the largest CM3 first and a market new this year with its full change', () => {
    const { rows } = overview(now, before);
    expect(rows.map((row) => [row.market, row.cm3Change])).toEqual([
      ['US', '100.0000'],
      ['DE', '-50.0000']
    ]);
    expect(rows[1]?.revenueChange).toBeNull();
  });

  it('claims no change without a comparison', () => {
    expect(overview(now, undefined).rows[0]?.cm3Change).toBeNull();
  });

  it('keeps zero on the axis of the bars', () => {
    expect(cm3Axis(overview(now, undefined).rows)).toEqual({ least: -50, most: 200 });
    expect(growth('5', '-5')).toBeNull();
  });
});

describe('the opening sentence', () => {
  const sentence = (now: [string, string][], before: [string, string][], language = en) =>
    overviewSentence(
      {
        data: overview(
          now.map(([code, cm3]) => market(code, '1000000.0000', cm3)),
          before.map(([code, cm3]) => market(code, '1000000.0000', cm3))
        ),
        moves: [move('DE', 'advertising', '-40000.0000'), move('US', 'gross_sales', '90000.0000')],
        comparison: 'year'
      },
      language
    );

  it('names the market that moved against a rising total, and the step behind it', () => {
    const text = sentence(
      [
        ['US', '300000'],
        ['DE', '71600']
      ],
      [
        ['US', '200000'],
        ['DE', '121400']
      ]
    );
    expect(text).toBe(
      'Contribution profit is up 15.6% on last year; Germany alone gave back $49.8k, first of all in advertising'
    );
  });

  it('says the same in Chinese', () => {
    const text = sentence(
      [
        ['US', '300000'],
        ['DE', '71600']
      ],
      [
        ['US', '200000'],
        ['DE', '121400']
      ],
      zh
    );
    expect(text).toBe('边际贡献较去年同期增长 15.6%；仅德国就少赚 $4.98 万，首先来自广告');
  });

  it('names what led when nothing of size moved against it', () => {
    expect(sentence([['US', '300000']], [['US', '200000']])).toContain(
      'up 50.0% on last year; United States added most, $100.0k'
    );
  });

  it('makes no headline of noise', () => {
    expect(sentence([['US', '201000']], [['US', '200000']])).toBe(
      'Contribution profit is level with last year at $201.0k'
    );
  });

  it('speaks of money where a percentage of a loss would mean nothing', () => {
    expect(sentence([['US', '20000']], [['US', '-20000']])).toContain('is up $40.0k on last year');
  });

  it('falls back to plain figures without a comparison', () => {
    const data = overview(
      [market('US', '1000000', '200000'), market('DE', '1000', '5')],
      undefined
    );
    expect(overviewSentence({ data, moves: [], comparison: 'off' }, en)).toBe(
      'Contribution profit is $200.0k on $1.00m of net revenue; United States earned most, $200.0k'
    );
    const none = overview([], undefined);
    expect(overviewSentence({ data: none, moves: [], comparison: 'off' }, en)).toBe(
      'No sales in this period'
    );
  });

  it('counts who earned less in the title of the table', () => {
    const data = overview(
      [market('US', '1', '5'), market('DE', '1', '1'), market('FR', '1', '1')],
      [market('US', '1', '4'), market('DE', '1', '2'), market('FR', '1', '3')]
    );
    expect(tableFinding(data, 'year', en)).toBe(
      'Germany and France earn less than last year; 1 earns more'
    );
  });
});

describe('weeks', () => {
  const row = (week: string, cm3: string) => ({
    market: 'DE',
    week,
    currency: 'USD',
    orders: 1,
    units: 1,
    net_revenue: '100.0000',
    cm3
  });
  const range = { to: '2026-11-18', firstDate: '2025-11-10' };

  it('asks for the shown weeks and the same weeks a year before', () => {
    expect(weekRange('2026-11-18')).toEqual({ from: '2025-05-26', to: '2026-11-18' });
  });

  it('marks a week that is not over, and a Sunday as its end', () => {
    expect(weekSeries([], 'cm3', range).isOpen).toBe(true);
    expect(weekSeries([], 'cm3', { ...range, to: '2026-11-22' }).isOpen).toBe(false);
  });

  it('has zero inside the data and nothing before it', () => {
    const series = weekSeries([row('2026-11-09', '5.0000')], 'cm3', range);
    const at = (week: string) => series.points.find((point) => point.week === week);
    expect(at('2026-11-09')).toMatchObject({ value: '5.0000', before: '0.0000' });
    expect(at('2026-11-02')).toMatchObject({ value: '0.0000', before: null });
  });

  it('takes shares week by week and none of an empty week', () => {
    const revenue = weekSeries([row('2026-11-09', '5.0000')], 'net_revenue', range);
    const cm3 = weekSeries([row('2026-11-09', '5.0000')], 'cm3', range);
    const shares = weekShares(cm3, revenue).points;
    expect(shares.at(-2)?.value).toBe('0.0500');
    expect(shares.at(-3)?.value).toBeNull();
  });
});
