import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

describe('portolan templates', () => {
  const home = new FreshHome();
  const reports = new Map<string, FileReport>();
  beforeAll(async () => {
    for (const report of await home.load([fixture('portolan')])) reports.set(report.file, report);
  });
  afterAll(() => {
    home.remove();
  });

  it('knows each template by its columns and accounts for each row', () => {
    const formats = [...reports.values()].map(({ file, format, status }) => [file, format, status]);
    expect(formats).toContainEqual(['listings.csv', 'portolan-listings', 'loaded']);
    expect(formats).toContainEqual(['cost-lots.csv', 'portolan-cost-lots', 'loaded']);
    expect(formats).toContainEqual(['stock-count.csv', 'portolan-stock-count', 'loaded']);
    expect(formats).toContainEqual(['wholesale-orders.csv', 'portolan-wholesale-orders', 'loaded']);
    expect(formats).toContainEqual(['purchase-orders.csv', 'portolan-purchase-orders', 'loaded']);
    expect(formats).toContainEqual(['products_2026-03-31.csv', 'portolan-products', 'loaded']);
    expect([...reports.values()].every(isAccountedFor)).toBe(true);
  });

  it('keeps leading zeros of a customs code and lets the newer list win', async () => {
    const rows = await home.rows(
      'select sku, name, hs_code, lead_time_days from facts.product order by sku'
    );
    expect(rows).toEqual([
      { sku: 'LAMP-1', name: 'Desk lamp, black', hs_code: '0940521000', lead_time_days: 35 },
      { sku: 'MUG-1', name: 'Mug 350 ml', hs_code: '691110', lead_time_days: 28 }
    ]);
    expect(reasonsOf(reports.get('products_2026-01-31.csv'))).toEqual({
      NUMBER_UNREADABLE: 1,
      SKU_MISSING: 1
    });
  });

  it('does not let an older product list undo a newer one', async () => {
    const [again] = await home.loadAgain([fixture('portolan/products_2026-01-31.csv')]);
    expect(reasonsOf(again)).toMatchObject({ OLDER_VERSION: 1 });
    const rows = await home.rows(`select name from facts.product where sku = 'MUG-1'`);
    expect(rows).toEqual([{ name: 'Mug 350 ml' }]);
  });

  it('gives one channel SKU to two products, each in its time', async () => {
    const rows = await home.rows(
      `select sku, valid_from::varchar as valid_from from facts.listing
       where channel_sku = 'LAMP-1-DE' order by valid_from`
    );
    expect(rows).toEqual([
      { sku: 'LAMP-1', valid_from: '2025-01-01' },
      { sku: 'MUG-1', valid_from: '2026-01-01' }
    ]);
    expect(reasonsOf(reports.get('listings.csv'))).toEqual({ DATE_UNREADABLE: 1 });
  });

  it('adds up the landed cost of a lot and knows it no earlier than the seller did', async () => {
    const rows = await home.rows(
      `select lot_ref, landed::varchar as landed, currency, known_at::varchar as known_at
       from facts.product_cost order by sku, valid_from`
    );
    expect(rows).toEqual([
      { lot_ref: 'PO-1', landed: '5.1700', currency: 'USD', known_at: '2026-01-10 00:00:00+00' },
      { lot_ref: 'PO-2', landed: '5.4900', currency: 'USD', known_at: '2026-03-20 08:00:00+00' },
      {
        lot_ref: 'received 2026-02-01',
        landed: '9.6000',
        currency: 'CNY',
        known_at: '2026-02-01 00:00:00+00'
      }
    ]);
    expect(reasonsOf(reports.get('cost-lots.csv'))).toEqual({
      DATE_UNREADABLE: 1,
      AMOUNT_NOT_A_NUMBER: 1
    });
  });

  it('reads a count as of its own instant', async () => {
    const rows = await home.rows(
      `select location, sku, counted_at::varchar as counted_at, on_hand::integer as on_hand,
         inbound::integer as inbound, inbound_eta::varchar as eta
       from facts.inventory_snapshot order by location, sku`
    );
    expect(rows).toEqual([
      {
        location: 'cn-shenzhen',
        sku: 'LAMP-1',
        counted_at: '2026-03-31 10:00:00+00',
        on_hand: 120,
        inbound: 0,
        eta: null
      },
      {
        location: 'cn-shenzhen',
        sku: 'MUG-1',
        counted_at: '2026-03-31 10:00:00+00',
        on_hand: 40,
        inbound: 200,
        eta: '2026-04-12'
      },
      {
        location: 'de-berlin',
        sku: 'MUG-1',
        counted_at: '2026-03-31 16:00:00+00',
        on_hand: 7,
        inbound: null,
        eta: null
      }
    ]);
    expect(reasonsOf(reports.get('stock-count.csv'))).toEqual({ LOCATION_TYPE_UNKNOWN: 1 });
  });

  it('counts wholesale sales net, gives returned goods back and leaves cancelled orders out', async () => {
    expect(await home.steps()).toEqual({
      discounts: '-14.4000',
      gross_sales: '438.0000',
      refunds: '-60.0000',
      shipping_income: '90.0000',
      unmapped: '105.0000'
    });
    expect(reasonsOf(reports.get('wholesale-orders.csv'))).toEqual({
      STATUS_UNKNOWN: 1,
      QUANTITY_NOT_A_NUMBER: 1
    });
    const [market] = await home.rows(
      `select distinct market, mode, channel from facts.order_line where order_id = 'WS-2'`
    );
    expect(market).toEqual({ market: 'GB', mode: 'b2b', channel: 'wholesale' });
  });

  it('keeps open purchase orders open', async () => {
    const rows = await home.rows(
      `select shipment_id, line_no, received_on is null as is_open, goods_value::varchar as goods_value
       from facts.inbound_line order by 1, 2`
    );
    expect(rows).toEqual([
      { shipment_id: 'PO-1', line_no: 1, is_open: false, goods_value: '820.0000' },
      { shipment_id: 'PO-3', line_no: 1, is_open: true, goods_value: '1320.0000' },
      { shipment_id: 'PO-3', line_no: 2, is_open: true, goods_value: '720.0000' }
    ]);
  });

  it('changes nothing when every file comes again', async () => {
    const files = readdirSync(fixture('portolan')).map((name) => fixture(`portolan/${name}`));
    const before = await home.rows(
      'select count(*) as n, sum(amount)::varchar as a from facts.ledger_entry'
    );
    for (const report of await home.loadAgain(files)) {
      expect(report.rows_loaded + report.rows_updated, report.file).toBe(0);
    }
    expect(
      await home.rows('select count(*) as n, sum(amount)::varchar as a from facts.ledger_entry')
    ).toEqual(before);
  });
});
