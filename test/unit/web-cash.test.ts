import { describe, expect, it } from 'vitest';
import { words } from '../../web/lib/format/words.ts';
import { cashDetail, cashLines, cashSentence, lagFinding } from '../../web/lib/cash/cash-weeks.ts';
import { fxFinding, fxRows, fxTotal } from '../../web/lib/cash/fx.ts';
import {
  gapGroups,
  payoutBars,
  settlementsFinding,
  shownSteps
} from '../../web/lib/data/reconcile.ts';
import {
  dueByCurrency,
  monthRange,
  readStoreKey,
  storeKey,
  storesSentence
} from '../../web/lib/stores/store-rows.ts';

const en = words('en', 'USD');

describe('thirteen weeks of cash', () => {
  const week = (day: string, balance: string, low: string) => ({
    week: day,
    currency: 'USD',
    inflow: '0.0000',
    inflow_low: '0.0000',
    inflow_high: '0.0000',
    outflow: '0.0000',
    net: '0.0000',
    balance,
    balance_low: low,
    balance_high: '900.0000'
  });
  const weeks = [
    week('2026-11-07', '100.0000', '-50.0000'),
    week('2026-11-14', '300.0000', '20.0000')
  ];

  it('say where cash goes and how low it may fall', () => {
    expect(cashSentence(weeks, en)).toBe(
      'In thirteen weeks there is $300 more cash than today, between $20 and $900'
    );
    expect(cashDetail(weeks, en)).toContain('$50 below today in the week of 7 Nov 2026');
    expect(cashDetail(weeks.slice(1), en)).toContain('never falls below today');
    expect(cashSentence([], en)).toBe('No money has reached the bank yet');
  });

  it('draw the band with the line', () => {
    expect(cashLines(weeks, en).band?.low).toEqual([-50, 20]);
    expect(cashLines(weeks, en).labels).toEqual(['Nov', '']);
  });
});

describe('days to the bank', () => {
  const lag = (account: string, toBank: number | null) => ({
    account,
    market: 'DE',
    channel: 'amazon',
    currency: 'EUR',
    sales: 1,
    order_to_posted_days: 2,
    posted_to_deposit_days: 9,
    deposit_to_bank_days: null,
    order_to_bank_days: toBank,
    outstanding: null
  });

  it('names the slowest account, to the deposit where no bank is known', () => {
    expect(lagFinding([lag('a', 12), lag('b', 14)], en)).toBe(
      'b takes longest: 14 days from order to bank'
    );
    expect(lagFinding([lag('a', null)], en)).toBe('a takes longest: 11 days from order to deposit');
  });
});

describe('exchange results', () => {
  const row = (account: string, month: string, timing: string) => ({
    account,
    month,
    currency: 'USD',
    fee_spread: '-1.0000',
    timing,
    revaluation: '0.5000',
    total: (Number(timing) - 0.5).toFixed(4)
  });
  const rows = [
    row('a', '2026-01', '-5.0000'),
    row('b', '2026-01', '2.0000'),
    row('a', '2026-02', '0.0000')
  ];

  it('add up by month and by account to the same total', () => {
    const total = fxTotal(rows);
    expect(total.total).toBe('-4.5000');
    expect(fxTotal(rows).fee_spread).toBe('-3.0000');
    expect(fxRows(rows, 'month').map((one) => [one.key, one.total])).toEqual([
      ['2026-02', '-0.5000'],
      ['2026-01', '-4.0000']
    ]);
    expect(fxRows(rows, 'account')).toHaveLength(2);
    expect(fxFinding(total, en)).toMatch(/^Exchange rates took \$5/);
  });
});

describe('from order to bank', () => {
  const step = (position: number, name: string, kind: string, amount: string) => ({
    account: 'a',
    currency: 'EUR',
    position,
    step: name,
    kind,
    amount
  });
  const steps = [
    step(1, 'ordered_sales', 'start', '100.0000'),
    step(2, 'not_posted_yet', 'line', '-30.0000'),
    step(3, 'posted_from_before', 'line', '10.0000'),
    step(4, 'posted_sales', 'subtotal', '80.0000'),
    step(5, 'unmapped', 'line', '0.0000')
  ];

  it('hangs each step on the one before, stands sums on zero and leaves silent steps out', () => {
    const bars = payoutBars(shownSteps(steps, 'a'));
    expect(bars.map((bar) => [bar.from, bar.to])).toEqual([
      [0, 100],
      [100, 70],
      [70, 80],
      [0, 80]
    ]);
    expect(shownSteps(steps, 'b')).toEqual([]);
  });

  it('counts settlements that differ', () => {
    const settlement = (status: string) => ({
      account: 'a',
      settlement_id: '1',
      currency: 'EUR',
      posted_from: null,
      posted_to: null,
      deposited_on: null,
      sales: '0',
      refunds: '0',
      fees: '0',
      advertising: '0',
      other: '0',
      tax: '0',
      balance: '0',
      unmapped: '0',
      total: '0',
      deposit: '0',
      residual: '0',
      bank_paid_on: null,
      bank_amount: null,
      bank_currency: null,
      bank_difference: null,
      status,
      hint: null
    });
    expect(settlementsFinding([settlement('residual'), settlement('balanced')], en)).toBe(
      '1 of 2 settlements does not equal its deposit'
    );
    expect(settlementsFinding([settlement('open')], en)).toBe('1 settlement ties to the cent');
  });

  it('groups gaps by their kind', () => {
    const gap = (kind: string) => ({
      kind,
      what: 'x',
      market: 'DE',
      channel: 'amazon',
      lines: 1,
      amount: null,
      currency: null,
      file: null,
      record: null
    });
    const groups = gapGroups([gap('unmapped'), gap('missing_rate'), gap('unmapped')]);
    expect(groups.map((group) => [group.kind, group.count])).toEqual([
      ['unmapped', 2],
      ['missing_rate', 1]
    ]);
  });
});

describe('stores', () => {
  const month = (store: string, currency: string, due: string) => ({
    store,
    month: '2026-02',
    currency,
    pick_ups: 1,
    shipped: 0,
    returned: 0,
    goods_value: '0.0000',
    handling_fee: '0.0000',
    freight: '0.0000',
    claw_back: '0.0000',
    due,
    without_contract: 0
  });
  const write = (amount: string, currency: string) => `${String(Number(amount))} ${currency}`;

  it('never add two currencies', () => {
    const rows = [month('Berlin', 'EUR', '5.0000'), month('Osaka', 'JPY', '700.0000')];
    expect(dueByCurrency(rows)).toEqual([
      ['EUR', '5.0000'],
      ['JPY', '700.0000']
    ]);
    expect(storesSentence(rows, write, en)).toBe(
      '2 stores are owed 5 EUR + 700 JPY; Berlin most, 5 EUR'
    );
  });

  it('keep the chosen month in the address', () => {
    const row = month('Berlin Mitte', 'EUR', '5.0000');
    expect(readStoreKey(storeKey(row))).toEqual({ month: '2026-02', store: 'Berlin Mitte' });
    expect(readStoreKey('nonsense')).toBeUndefined();
    expect(monthRange('2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });
});
