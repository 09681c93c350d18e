import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const tables = [
  'bank_payout',
  'overhead_cost',
  'promotion_cost',
  'store_contract',
  'store_fulfilment',
  'stock_movement'
];

const home = new FreshHome([
  account('amazon-us'),
  account('shop', { platform: 'shopify', channel: 'own_store', market: 'DE', currency: 'EUR' }),
  account('till', { platform: 'loyverse', channel: 'retail_store', market: 'DE' }),
  account('tiktok-us', { platform: 'tiktok_shop', channel: 'tiktok_shop' })
]);
const reports = new Map<string, FileReport>();
beforeAll(async () => {
  for (const report of await home.load([fixture('portolan-costs')])) {
    reports.set(report.file, report);
  }
});
afterAll(() => {
  home.remove();
});
const textOf = (file: string, code: string) =>
  reports.get(file)?.reasons.find((reason) => reason.code === code)?.text;

describe('templates of costs and payouts', () => {
  it('knows each template by its columns and accounts for each row', () => {
    const formats = [...reports.values()].map(({ file, format }) => [file, format]);
    expect(formats.sort()).toEqual([
      ['bank-payouts.csv', 'portolan-bank-payouts'],
      ['overhead.csv', 'portolan-overhead'],
      ['promotion-costs.csv', 'portolan-promotion-costs'],
      ['stock-movements.csv', 'portolan-stock-movements'],
      ['store-contracts.csv', 'portolan-store-contracts'],
      ['store-fulfilments.csv', 'portolan-store-fulfilments']
    ]);
    expect([...reports.values()].every(isAccountedFor)).toBe(true);
  });

  it('keeps what arrived at the bank beside what was sent', async () => {
    const rows = await home.rows(
      `select payout_id, selling_account, settlement_id, paid_on::varchar as paid_on, amount::varchar as amount,
         sent_amount::varchar as sent, sent_currency, bank_fee::varchar as fee, known_at::varchar as known_at
       from facts.bank_payout order by paid_on limit 2`
    );
    expect(rows).toEqual([
      {
        payout_id: 'BP-1',
        selling_account: 'amazon-us',
        settlement_id: 'S-77',
        paid_on: '2026-03-05',
        amount: '912.4000',
        sent: '1010.5500',
        sent_currency: 'USD',
        fee: '4.5000',
        known_at: '2026-03-05 00:00:00+00'
      },
      {
        payout_id: 'BP-2',
        selling_account: 'shop',
        settlement_id: null,
        paid_on: '2026-03-06',
        amount: '88.2000',
        sent: null,
        sent_currency: null,
        fee: '0.0000',
        known_at: '2026-03-06 00:00:00+00'
      }
    ]);
    const report = reports.get('bank-payouts.csv');
    expect(reasonsOf(report)).toEqual({
      AMOUNT_NEGATIVE: 1,
      CURRENCY_MISSING: 1,
      DATE_UNREADABLE: 1,
      SELLING_ACCOUNT_MISSING: 1,
      AMOUNT_MISSING: 1,
      REPEATED_ROW: 1,
      ID_REPEATED: 2,
      ID_MANGLED: 1,
      ACCOUNT_NOT_KNOWN: 1
    });
    expect(report?.money).toEqual({ EUR: '1720.10' });
  });

  it('names the selling account it does not know and keeps the row', () => {
    expect(textOf('bank-payouts.csv', 'ACCOUNT_NOT_KNOWN')).toContain('(souk-fr)');
    expect(textOf('promotion-costs.csv', 'ACCOUNT_NOT_KNOWN')).toContain('(nowhere)');
    expect(textOf('store-fulfilments.csv', 'ACCOUNT_NOT_KNOWN')).toContain('(old-shop)');
  });

  it('keeps overhead with its period and knows it only when the period is over', async () => {
    const rows = await home.rows(
      `select cost_id, kind, period_start::varchar || ' ' || period_end::varchar as period, market, channel, store,
         amount::varchar as amount, known_at::date::varchar as known
       from facts.overhead_cost order by cost_id`
    );
    expect(rows[0]).toEqual({
      cost_id: 'OH-1',
      kind: 'rent',
      period: '2026-01-01 2026-03-31',
      market: 'DE',
      channel: 'retail_store',
      store: 'berlin-1',
      amount: '9000.0000',
      known: '2026-03-31'
    });
    expect(rows.map((row) => [row['kind'], row['market'], row['channel']])).toEqual([
      ['rent', 'DE', 'retail_store'],
      ['fit_out', null, null],
      ['software', null, null],
      ['other', 'US', 'own_store'],
      ['staff', null, 'kiosk']
    ]);
    expect(textOf('overhead.csv', 'CHANNEL_NOT_KNOWN')).toContain('(kiosk)');
    expect(reasonsOf(reports.get('overhead.csv'))).toEqual({
      COST_KIND_UNKNOWN: 1,
      PERIOD_REVERSED: 1,
      MARKET_UNKNOWN: 1,
      AMOUNT_NEGATIVE: 1,
      CURRENCY_UNKNOWN: 1,
      DATE_MISSING: 1,
      ID_MISSING: 1,
      CHANNEL_NOT_KNOWN: 1
    });
    expect(reports.get('overhead.csv')?.money).toEqual({ EUR: '47100.00', USD: '49.90' });
  });

  it('keeps costs of creators and live rooms with the sales credited to them', async () => {
    const rows = await home.rows(
      `select cost_id, kind, sku, order_id, amount::varchar as amount, attributed_sales::varchar as sales
       from facts.promotion_cost order by cost_id limit 4`
    );
    expect(rows).toEqual([
      {
        cost_id: 'PC-1',
        kind: 'creator_fee',
        sku: 'MUG-1',
        order_id: null,
        amount: '500.0000',
        sales: '2100.0000'
      },
      {
        cost_id: 'PC-2',
        kind: 'live_room',
        sku: null,
        order_id: null,
        amount: '120.0000',
        sales: null
      },
      {
        cost_id: 'PC-3',
        kind: 'host_fee',
        sku: null,
        order_id: null,
        amount: '80.0000',
        sales: null
      },
      {
        cost_id: 'PC-4',
        kind: 'sample',
        sku: 'MUG-1',
        order_id: 'O-55',
        amount: '6.2000',
        sales: null
      }
    ]);
    expect(reasonsOf(reports.get('promotion-costs.csv'))).toEqual({
      PROMOTION_KIND_UNKNOWN: 1,
      AMOUNT_NEGATIVE: 1,
      SELLING_ACCOUNT_MISSING: 1,
      DATE_MISSING: 1,
      AMOUNT_NOT_A_NUMBER: 1,
      ACCOUNT_NOT_KNOWN: 1
    });
  });
});

describe('templates of stores and stock', () => {
  it('reads the share of a store contract to six decimals, whatever mark the file uses', async () => {
    const rows = await home.rows(
      `select store, valid_from::varchar as valid_from, valid_to::varchar as valid_to, handling_rate::varchar as rate,
         pick_up_fee::varchar as pick_up, ship_fee::varchar as ship
       from facts.store_contract order by store, valid_from`
    );
    expect(rows).toEqual([
      {
        store: 'berlin-1',
        valid_from: '2026-01-01',
        valid_to: '2026-06-30',
        rate: '0.051250',
        pick_up: '1.5000',
        ship: '2.8000'
      },
      {
        store: 'berlin-1',
        valid_from: '2026-07-01',
        valid_to: null,
        rate: '0.060000',
        pick_up: '1.5000',
        ship: '2.8000'
      },
      {
        store: 'paris-1',
        valid_from: '2026-01-01',
        valid_to: null,
        rate: '0.000000',
        pick_up: '2.0000',
        ship: '0.0000'
      }
    ]);
    expect(reasonsOf(reports.get('store-contracts.csv'))).toEqual({
      RATE_OUT_OF_RANGE: 2,
      PERIOD_REVERSED: 1,
      AMOUNT_NEGATIVE: 1,
      ID_MISSING: 1
    });
  });

  it('keeps what stores handed out, sent and took back as positive lines', async () => {
    const rows = await home.rows(
      `select event_id, kind, order_id, quantity::varchar as quantity, goods_value::varchar as value, freight::varchar as freight
       from facts.store_fulfilment order by event_id limit 3`
    );
    expect(rows).toEqual([
      {
        event_id: 'SF-1',
        kind: 'pick_up',
        order_id: 'W-1001',
        quantity: '2.000',
        value: '20.0000',
        freight: '0.0000'
      },
      {
        event_id: 'SF-2',
        kind: 'ship_from_store',
        order_id: 'W-1002',
        quantity: '1.000',
        value: '25.0000',
        freight: '4.9000'
      },
      {
        event_id: 'SF-3',
        kind: 'return',
        order_id: 'W-1001',
        quantity: '1.000',
        value: '10.0000',
        freight: '0.0000'
      }
    ]);
    expect(reasonsOf(reports.get('store-fulfilments.csv'))).toEqual({
      FULFILMENT_KIND_UNKNOWN: 1,
      QUANTITY_NOT_POSITIVE: 1,
      AMOUNT_NEGATIVE: 1,
      SKU_MISSING: 1,
      ID_MISSING: 1,
      DATE_UNREADABLE: 1,
      AMOUNT_MISSING: 1,
      ACCOUNT_NOT_KNOWN: 1
    });
  });

  it('moves stock by signed quantities and counts a repeated row once', async () => {
    const rows = await home.rows(
      'select movement_id, kind, quantity::varchar as quantity from facts.stock_movement order by movement_id'
    );
    expect(rows.map((row) => [row['movement_id'], row['kind'], row['quantity']])).toEqual([
      ['SM-1', 'lost', '-3.000'],
      ['SM-2', 'found', '2.000'],
      ['SM-3', 'damaged', '-1.500'],
      ['SM-4', 'disposed', '-1.000'],
      ['SM-5', 'adjusted', '4.000']
    ]);
    expect(reasonsOf(reports.get('stock-movements.csv'))).toEqual({
      MOVEMENT_KIND_UNKNOWN: 1,
      QUANTITY_NOT_A_NUMBER: 1,
      DATE_IMPLAUSIBLE: 1,
      ID_MISSING: 1,
      REPEATED_ROW: 1
    });
  });

  it('changes nothing when every file comes again', async () => {
    const files = readdirSync(fixture('portolan-costs')).map((name) =>
      fixture(`portolan-costs/${name}`)
    );
    const count = tables.map((table) => `(select count(*) from facts.${table}) as ${table}`);
    const before = await home.rows(`select ${count.join(', ')}`);
    for (const report of await home.loadAgain(files)) {
      expect(report.rows_loaded + report.rows_updated, report.file).toBe(0);
    }
    expect(await home.rows(`select ${count.join(', ')}`)).toEqual(before);
  });
});
