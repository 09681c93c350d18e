import { describe, expect, it } from 'vitest';
import { readUrl, writeUrl } from '../../web/lib/filters/url-state.ts';
import { addDecimals } from '../../web/lib/format/decimal.ts';
import { words } from '../../web/lib/format/words.ts';
import { overview } from '../../web/lib/overview/markets.ts';
import { overviewSentence, tableFinding } from '../../web/lib/overview/sentences.ts';
import {
  channelOrder,
  channelSum,
  shareOf,
  type ChannelProfit
} from '../../web/lib/profit/channel-totals.ts';
import { changeFinding, readChange, writeChange } from '../../web/lib/profit/fee-change.ts';
import { heatOf, heatTone } from '../../web/lib/profit/heat.ts';
import { profitSentence, ranksFinding } from '../../web/lib/profit/sentences.ts';
import { takeRateFinding, takeRateLines } from '../../web/lib/profit/take-rate.ts';
import { definition, formula, isLeaf, partsOf } from '../../web/lib/why/explain.ts';
import { readScope, writeScope } from '../../web/lib/why/scope.ts';

const en = words('en', 'USD');
const zh = words('zh', 'USD');

function channel(name: string, change: Partial<ChannelProfit> = {}): ChannelProfit {
  const zero = '0.0000';
  return {
    channel: name,
    currency: 'USD',
    orders: 0,
    units: 0,
    gross_sales: zero,
    shipping_income: zero,
    discounts: zero,
    refunds: zero,
    net_revenue: zero,
    landed_cost: zero,
    cm1: zero,
    selling_fees: zero,
    payment_fees: zero,
    fulfilment: zero,
    last_mile: zero,
    storage: zero,
    return_handling: zero,
    store_handling: zero,
    cm2: zero,
    advertising: zero,
    promotions: zero,
    cm3: zero,
    overhead: zero,
    fx_result: zero,
    net_profit: zero,
    unmapped_amount: zero,
    take_rate: null,
    take_rate_with_ads: null,
    known_cost_share: null,
    settled_share: null,
    ...change
  };
}

const amazon = channel('amazon', {
  gross_sales: '900.0000',
  shipping_income: '100.0000',
  net_revenue: '800.0000',
  selling_fees: '-150.0000',
  fulfilment: '-100.0000',
  advertising: '-50.0000',
  cm3: '60.0000',
  net_profit: '60.0000',
  known_cost_share: 1,
  settled_share: 0.5
});
const shop = channel('own_store', {
  gross_sales: '100.0000',
  net_revenue: '200.0000',
  cm3: '40.0000',
  net_profit: '40.0000',
  known_cost_share: 0.5,
  settled_share: 1
});
const company = channel('none', { overhead: '-30.0000', net_profit: '-30.0000' });

describe('channels', () => {
  const total = channelSum([amazon, shop, company]);

  it('add up to the last digit, with ratios of the sums', () => {
    expect(total.net_profit).toBe('70.0000');
    expect(total.take_rate).toBeCloseTo(250 / 1100);
    expect(total.take_rate_with_ads).toBeCloseTo(300 / 1100);
    expect(total.known_cost_share).toBeCloseTo(0.95);
    expect(total.settled_share).toBeCloseTo(0.6);
    expect(shareOf(total, 'cm3_share')).toBeCloseTo(0.1);
  });

  it('stand by CM3, costs of the whole business last', () => {
    const names = channelOrder([company, shop, amazon]).map((row) => row.channel);
    expect(names).toEqual(['amazon', 'own_store', 'none']);
    expect([en.channel('none'), zh.channel('none')]).toEqual(['No single channel', '不分渠道']);
  });

  it('open the page with what is left and who brought it', () => {
    const facts = { total, before: undefined, rows: [amazon, shop, company] };
    expect(profitSentence({ ...facts, comparison: 'year' }, en)).toBe(
      'Net profit is $70; Amazon brought $60 of CM3, 60.0% of it all'
    );
    const loser = channel('tiktok_shop', { gross_sales: '10.0000', cm3: '-5.0000' });
    const lossy = { ...facts, rows: [amazon, loser], before: shop, comparison: 'year' } as const;
    expect(profitSentence(lossy, en)).toBe(
      'Net profit is $70, $30 more than last year; TikTok Shop lost $5 before overhead'
    );
  });

  it('say that nothing was sold', () => {
    const none = channelSum([]);
    const facts = { total: none, before: undefined, rows: [], comparison: 'off' } as const;
    expect(profitSentence(facts, en)).toBe('No sales in this period');
  });
});

describe('the heat table', () => {
  const product = (sku: string | null, name: string, cm3: string) => ({
    sku,
    name: sku,
    channel: name,
    currency: 'USD',
    units: 1,
    net_revenue: '0.0000',
    cm1: '0.0000',
    cm2: '0.0000',
    cm3_direct: cm3,
    allocated: '0.0000',
    cm3,
    rank: null,
    rank_direct: null
  });
  const rows = [
    product(null, 'amazon', '-10.0000'),
    product('A', 'amazon', '50.0000'),
    product('B', 'amazon', '20.0000'),
    product('A', 'own_store', '40.0000')
  ];
  const heat = heatOf(rows, { whole: '100.0000', isCut: false });

  it('keeps what no driver reaches as a row, so that rows and columns add up', () => {
    expect(heat.rows.map((row) => row.kind)).toEqual(['product', 'product', 'residual']);
    const amazonCells = heat.rows.map((row) => row.cells.get('amazon') ?? null);
    expect(addDecimals(amazonCells)).toBe(heat.totals.get('amazon'));
    expect(heat.total).toBe('100.0000');
  });

  it('has a row for the products beyond the answer', () => {
    const cut = heatOf(rows.slice(0, 2), { whole: '100.0000', isCut: true });
    expect(cut.rows.at(-1)?.kind).toBe('rest');
    expect(cut.rows.at(-1)?.cm3).toBe('60.0000');
    expect(cut.total).toBe('100.0000');
  });

  it('colours losses and gains from zero', () => {
    expect(heatTone('50', 50)).toBe('diverging d7');
    expect(heatTone('-50', 50)).toBe('diverging d1');
    expect(heatTone('0', 50)).toBe('diverging d4');
    expect(heatTone(undefined, 50)).toBe('');
  });
});

describe('an explained figure', () => {
  it('is a step with lines, or made of steps', () => {
    expect(isLeaf('unmapped')).toBe(true);
    expect(partsOf('cm1')).toEqual([
      'gross_sales',
      'shipping_income',
      'discounts',
      'refunds',
      'landed_cost'
    ]);
    expect(partsOf('take_rate')).toContain('storage');
    expect(formula('cm3_share', en)).toBe('CM3 % = CM3 ÷ net revenue');
    expect(definition('nonsense', en)).toBeUndefined();
  });

  it('keeps whose it is in the address', () => {
    expect(readScope('amazon')).toEqual({ channel: 'amazon' });
    expect(readScope(writeScope(undefined, 'A'))).toEqual({ sku: 'A' });
    expect(readScope(writeScope('amazon', 'A~1 b'))).toEqual({ channel: 'amazon', sku: 'A~1 b' });
    const address = '?why=cm3&of=amazon%7EA-1&file=a+b.csv&record=12&driver=units';
    const state = readUrl(new URLSearchParams(address));
    expect(state.ignored).toEqual([]);
    expect([state.of, state.file, state.record]).toEqual(['amazon~A-1', 'a b.csv', '12']);
    expect(writeUrl(new URLSearchParams(address), {})).toBe(address);
    expect(writeUrl(new URLSearchParams(address), { driver: 'by_step' })).not.toContain('driver');
  });
});

describe('other fees', () => {
  const row = { channel: 'amazon', market: 'DE', currency: 'USD' };

  it('stand in the address and are read back', () => {
    const change = { points: 1.5, fulfilment: 10, ads: -5 };
    expect(writeChange(change)).toBe('1.5~10~-5');
    expect(readChange('1.5~10~-5')).toEqual(change);
    expect(readChange(undefined)).toEqual({ points: 0, fulfilment: 0, ads: 0 });
  });

  it('say what they would cost', () => {
    const rows = [{ ...row, cm3_before: '100.0000', cm3_after: '80.0000', change: '-20.0000' }];
    expect(changeFinding(rows, en)).toBe('These fees would cost $20: CM3 $80 instead of $100');
  });
});

describe('the take rate', () => {
  const month = (name: string, rate: number | null) => ({
    channel: 'amazon',
    month: name,
    currency: 'USD',
    gross_sales: '1.0000',
    kept: '1.0000',
    ads: '0.0000',
    take_rate: rate,
    take_rate_with_ads: rate
  });
  const rows = [month('2026-01', 0.2), month('2026-02', 0.25)];

  it('is a line a channel, and the title names the largest move', () => {
    expect(takeRateLines(rows, 'take_rate', en)?.lines[0]?.values).toEqual([0.2, 0.25]);
    expect(takeRateFinding(rows, 'take_rate', en)).toBe(
      'Fees on Amazon rose from 20.0% to 25.0% of sales'
    );
    expect(takeRateLines([month('2026-01', 0)], 'take_rate', en)).toBeUndefined();
  });
});

describe('ranks', () => {
  const rank = (sku: string, spread: number) => ({
    sku,
    name: null,
    currency: 'USD',
    cm3_by_step: '0.0000',
    cm3_revenue: '0.0000',
    cm3_units: '0.0000',
    cm3_volume: '0.0000',
    rank_by_step: 1,
    rank_revenue: 1,
    rank_units: 1,
    rank_volume: 1,
    rank_spread: spread
  });

  it('name the product that depends most on the way of sharing', () => {
    expect(ranksFinding([rank('A', 0), rank('B', 3)], en)).toBe(
      '1 of 2 products change rank with the way of sharing; B moves 3 places'
    );
    expect(ranksFinding([rank('A', 0)], en)).toMatch(/^All 1 products keep their rank/);
  });
});

describe('costs of the whole business on the overview', () => {
  const market = (code: string, cm3: string) => ({
    market: code,
    currency: 'USD',
    orders: 1,
    units: 1,
    gross_sales: '100.0000',
    refunds: '0.0000',
    net_revenue: '100.0000',
    cm1: cm3,
    cm2: cm3,
    cm3,
    known_cost_share: null,
    settled_share: null,
    unmapped_amount: '0.0000'
  });
  const now = [market('x-company', '-90.0000'), market('DE', '20.0000'), market('US', '30.0000')];
  const before = [market('x-company', '0.0000'), market('DE', '10.0000'), market('US', '10.0000')];
  const data = overview(now, before);

  it('stand last, in the total, and are no market in counts and sentences', () => {
    expect(data.rows.map((row) => row.market)).toEqual(['US', 'DE', 'x-company']);
    expect(data.total.cm3).toBe('-40.0000');
    expect(tableFinding(data, 'year', en)).toBe('All 2 markets earn more than last year');
    const sentence = overviewSentence({ data, moves: [], comparison: 'year' }, en);
    expect(sentence).not.toContain('Whole business');
    expect([en.market('x-company'), zh.market('x-company')]).toEqual(['Whole business', '全公司']);
  });
});
