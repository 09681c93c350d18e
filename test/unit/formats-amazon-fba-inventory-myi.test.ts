import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const snapshot = fixture('fba-inventory_2026-03-31T06-00-00Z.txt');

describe('amazon-fba-inventory-myi', () => {
  const home = new FreshHome([account('amazon-us')]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([snapshot]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes what Amazon keeps and names the rest', () => {
    expect(report).toMatchObject({
      format: 'amazon-fba-inventory-myi',
      rows_read: 4,
      rows_loaded: 2
    });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({ NOT_STOCKED_HERE: 1, QUANTITY_NOT_A_NUMBER: 1 });
  });

  it('reads the instant from the file name and leaves plans out of what is on the way', async () => {
    const rows = await home.rows(
      `select location, location_type, country, sku, counted_at::varchar as counted_at, on_hand::integer as on_hand,
         reserved::integer as reserved, inbound::integer as inbound, inbound_working::integer as planned
       from facts.inventory_snapshot order by sku`
    );
    const place = {
      location: 'amazon-us',
      location_type: 'fba',
      country: 'US',
      counted_at: '2026-03-31 06:00:00+00'
    };
    expect(rows).toEqual([
      { ...place, sku: 'LAMP-1', on_hand: 280, reserved: 36, inbound: 200, planned: 30 },
      { ...place, sku: 'MUG-1', on_hand: 0, reserved: 0, inbound: 0, planned: 0 }
    ]);
  });

  it('takes an equal count of the next day as a count of its own', async () => {
    const next = join(home.path, 'fba-inventory_2026-04-01T06-00-00Z.txt');
    copyFileSync(snapshot, next);
    const [second] = await home.load([next]);
    expect(second).toMatchObject({ status: 'loaded', rows_loaded: 2 });
  });

  it('refuses a snapshot whose name does not say when it was made', async () => {
    const other = new FreshHome([account('amazon-us')]);
    const [undated] = await other.load([fixture('fba-inventory.txt')]);
    other.remove();
    expect(undated?.status).toBe('refused');
    expect(reasonsOf(undated)).toEqual({ SNAPSHOT_DATE_MISSING: 1 });
  });
});
