import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const shipments = fixture('amazon-fulfilled-shipments.txt');

const movements = (home: FreshHome) =>
  home.rows(
    `select movement_id, location, sku, moved_on::varchar as moved_on, kind, quantity::varchar as quantity,
       known_at::varchar as known_at
     from facts.stock_movement order by movement_id`
  );

describe('amazon-fulfilled-shipments', () => {
  const home = new FreshHome([account('amazon-us')]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([shipments]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each shipment item once and says what it cannot take', () => {
    expect(report).toMatchObject({
      format: 'amazon-fulfilled-shipments',
      rows_read: 15,
      rows_loaded: 5
    });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      REPEATED_ROW: 1,
      ID_REPEATED: 2,
      ID_MISSING: 1,
      SKU_MISSING: 1,
      QUANTITY_NOT_A_NUMBER: 1,
      QUANTITY_NOT_POSITIVE: 1,
      DATE_MISSING: 1,
      DATE_UNREADABLE: 1,
      ID_MANGLED: 1
    });
  });

  it('moves the units out of Amazon’s stock on the account’s day, those for other shops too', async () => {
    const item = { location: 'amazon-us', kind: 'shipped' };
    const first = { ...item, moved_on: '2026-03-01', known_at: '2026-03-02 16:10:00+00' };
    expect(await movements(home)).toEqual([
      { ...first, movement_id: 'DpA000001', sku: 'LAMP-1', quantity: '-1.000' },
      { ...first, movement_id: 'DpA000002', sku: 'MUG-1', quantity: '-3.000' },
      {
        ...item,
        movement_id: 'DpA000003',
        sku: 'LAMP-1',
        moved_on: '2026-03-02',
        quantity: '-1.000',
        known_at: '2026-03-03 01:00:00+00'
      },
      { ...first, movement_id: 'DpA000004', sku: 'MUG-1', quantity: '-2.000' },
      { ...first, movement_id: 'DpA000005', sku: 'MUG-1', quantity: '-1.000' }
    ]);
  });

  it('books no sale: the orders report does', async () => {
    expect(await home.steps()).toEqual({});
    const [orders] = await home.rows('select count(*)::integer as n from facts.order_line');
    expect(orders).toEqual({ n: 0 });
  });

  it('keeps no buyer, not even of a rejected row', async () => {
    const [kept] = await home.rows(
      `select count(*)::integer as n from facts.rejected_row
       where raw like '%Example%' or raw like '%someone%' or raw like '%1ZPORTA%'`
    );
    expect(kept).toEqual({ n: 0 });
  });

  it('changes nothing when the same rows come again, and never a shipment that left', async () => {
    const [again] = await home.loadAgain([shipments]);
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 5 });
    const changed = join(home.path, 'changed.txt');
    const [header, first] = readFileSync(shipments, 'utf8').split('\n');
    writeFileSync(changed, `${header}\n${first?.replace('LAMP-1', 'LAMP-2')}\n`);
    const [later] = await home.load([changed]);
    expect(reasonsOf(later)).toEqual({ CONFLICT: 1 });
    expect((await movements(home))[0]).toMatchObject({ sku: 'LAMP-1' });
  });

  it('reads the Japanese file, on the Japanese day', async () => {
    const japan = new FreshHome([
      account('amazon-jp', { market: 'JP', currency: 'JPY', time_zone: 'Asia/Tokyo' })
    ]);
    await japan.load([fixture('amazon-fulfilled-shipments-jp.txt')]);
    expect(await movements(japan)).toMatchObject([
      { movement_id: 'DpJ000001', sku: 'K-灯', moved_on: '2026-03-02', quantity: '-1.000' }
    ]);
    japan.remove();
  });
});
