import { describe, expect, it } from 'vitest';
import { fromDecimal } from '../../web/lib/format/decimal.ts';
import { words } from '../../web/lib/format/words.ts';
import { bridgeBars, bridgeFloor, cmBridge } from '../../web/lib/market/bridge.ts';
import { channelFinding, channelRows, heatStep } from '../../web/lib/market/channels.ts';
import { certainties, formula, sources } from '../../web/lib/why/explain.ts';
import { amounts, subtotal, waterfall } from '../../web/lib/market/ledger.ts';
import { bridgeFinding, marketSentence, waterfallFinding } from '../../web/lib/market/sentences.ts';
import { stepOrder } from '../../web/lib/market/steps.ts';

const en = words('en', 'USD');
const zh = words('zh', 'USD');

const step = (name: string, amount: string) => ({ step: name, currency: 'USD', amount });
const now = amounts([
  step('gross_sales', '1000.0000'),
  step('refunds', '-100.0000'),
  step('landed_cost', '-300.0000'),
  step('selling_fees', '-150.0000'),
  step('advertising', '-354.0000'),
  step('overhead', '-10.0000')
]);
const before = amounts([
  step('gross_sales', '900.0000'),
  step('refunds', '-50.0000'),
  step('landed_cost', '-300.0000'),
  step('selling_fees', '-140.0000'),
  step('advertising', '-200.0000')
]);

describe('waterfall', () => {
  const rows = waterfall(now, before);

  it('has the sixteen steps and five subtotals in the order of the ledger', () => {
    expect(rows).toHaveLength(21);
    expect(rows.filter((row) => row.isSubtotal).map((row) => [row.name, row.amount])).toEqual([
      ['net_revenue', '900.0000'],
      ['cm1', '600.0000'],
      ['cm2', '450.0000'],
      ['cm3', '96.0000'],
      ['net_profit', '86.0000']
    ]);
    expect(rows.filter((row) => !row.isSubtotal).map((row) => row.name)).toEqual([...stepOrder]);
  });

  it('hangs every step on the end of the one before and stands subtotals on zero', () => {
    const refunds = rows.find((row) => row.name === 'refunds');
    expect([refunds?.from, refunds?.to]).toEqual([1000, 900]);
    expect(rows.find((row) => row.name === 'cm1')?.from).toBe(0);
  });

  it('marks where a step would end with the amount compared with', () => {
    expect(rows.find((row) => row.name === 'refunds')?.before).toBe(950);
    expect(waterfall(now, undefined)[3]?.before).toBeNull();
  });

  it('says what is left of each hundred', () => {
    expect(waterfallFinding(rows, en)).toBe(
      'Of each $100 sold net, $10.67 is left after everything a channel costs'
    );
  });

  it('keeps subtotal rows apart from a first step of the same amount', () => {
    const onlySales = waterfall(amounts([step('gross_sales', '5.0000')]), undefined);
    expect(onlySales[0]).toMatchObject({ name: 'gross_sales', isSubtotal: false, from: 0 });
  });
});

const effect = (name: string, amount: string, position: number) => ({
  position,
  effect: name,
  currency: 'USD',
  amount
});
const effects = [
  effect('before', '210.0000', 0),
  effect('volume', '60.0000', 1),
  effect('price', '-10.0000', 2),
  effect('mix', '0.0000', 3),
  effect('cost', '0.0000', 4),
  effect('fee', '-10.0000', 5),
  effect('advertising', '-154.0000', 6),
  effect('return', '0.0000', 7),
  effect('fx', '0.0000', 8),
  effect('other', '0.0000', 9),
  effect('after', '96.0000', 10)
];
const known = cmBridge(effects);
if (!known) throw new Error('the bridge has both its ends');

describe('bridge', () => {
  const bridge = known;

  it('adds up to the change of CM3 to the last digit', () => {
    const sum = bridge.effects.reduce((total, one) => total + fromDecimal(one.change), 0n);
    expect(fromDecimal(bridge.now) - fromDecimal(bridge.before)).toBe(sum);
    expect(bridge.now).toBe(subtotal(now, 'cm3'));
    expect(bridge.effects.map((one) => one.key)).not.toContain('other');
  });

  it('ends its last effect at the last column', () => {
    const bars = bridgeBars(bridge);
    expect(bars.at(-2)?.to).toBeCloseTo(bars.at(-1)?.to ?? 0);
    expect(bridgeFloor(bars)).toBeLessThanOrEqual(Math.min(...bars.map((bar) => bar.to)));
  });

  it('is nothing while one of its ends is missing', () => {
    expect(cmBridge(effects.slice(1))).toBeUndefined();
  });

  it('names the largest effect each way', () => {
    expect(bridgeFinding(bridge, en)).toBe('Ads and promotions took $154; Volume gave $60');
    expect(bridgeFinding(bridge, zh)).toBe('广告与促销减少 $154；销量增加 $60');
  });
});

describe('the market sentence', () => {
  const bridge = known;
  const finding = { market: 'DE', cm3: bridge.now, bridge, comparison: 'year' } as const;

  it('says what was earned, against what, and the largest cause', () => {
    expect(marketSentence(finding, en)).toBe(
      'Germany earned $96, $114 less than last year; Ads and promotions took $154'
    );
    expect(marketSentence(finding, zh)).toBe('德国赚 $96，比去年同期少 $114；广告与促销减少 $154');
  });

  it('calls a loss a loss', () => {
    const lost = { ...finding, cm3: '-6.0000', bridge: undefined };
    expect(marketSentence(lost, en)).toBe('Germany lost $6');
  });
});

describe('channels', () => {
  const channel = (name: string, revenue: string, cm3: string) => ({
    market: 'DE',
    channel: name,
    currency: 'USD',
    orders: 1,
    units: 1,
    gross_sales: revenue,
    refunds: '0.0000',
    net_revenue: revenue,
    cm1: cm3,
    cm2: cm3,
    cm3,
    landed_cost: '-40.0000',
    selling_and_payment: '-15.0000',
    fulfilment_and_delivery: '-20.0000',
    storage_and_handling: '0.0000',
    advertising_and_promotion: '-5.0000',
    settled_share: null
  });

  it('shows costs as positive shares of their channel', () => {
    const [row] = channelRows([channel('amazon', '100.0000', '20.0000')]);
    expect(row?.costs.landed_cost).toBeCloseTo(0.4);
    expect(row?.settledShare).toBeNull();
  });

  it('names the channel that loses money', () => {
    const rows = channelRows([
      channel('amazon', '100.0000', '20.0000'),
      channel('tiktok_shop', '100.0000', '-5.0000')
    ]);
    expect(channelFinding(rows, en)).toBe(
      'TikTok Shop loses money after ads; Amazon keeps most of each sale'
    );
  });

  it('spreads the heat over its own column', () => {
    expect(heatStep(0.1, [0.1, 0.4])).toBe(1);
    expect(heatStep(0.4, [0.1, 0.4])).toBe(7);
    expect(heatStep(null, [0.1])).toBe(0);
  });
});

describe('why', () => {
  const line = (file: string, record: number, certainty: string) => ({
    order_date: '2026-11-01',
    posted_date: null,
    market: 'DE',
    channel: 'amazon',
    account: 'a',
    order_id: 'o',
    sku: null,
    step: 'fulfilment',
    amount: '-1.0000',
    currency: 'EUR',
    certainty,
    file,
    record
  });

  it('writes subtotals as sums of what lies between them', () => {
    expect(formula('cm1', en)).toBe('CM1 = Net revenue + Landed cost');
    expect(formula('fulfilment', en)).toBe('Σ ledger entries, step = fulfilment');
  });

  it('names the files, their rows and how sure they are', () => {
    const lines = [
      line('a.csv', 7, 'actual'),
      line('b.csv', 3, 'actual'),
      line('a.csv', 2, 'estimated')
    ];
    expect(sources(lines)[0]).toEqual({ file: 'a.csv', rows: 2, first: 2, last: 7 });
    expect(certainties(lines)[0]?.kind).toBe('actual');
    expect(certainties(lines)[0]?.share).toBeCloseTo(2 / 3);
  });
});
