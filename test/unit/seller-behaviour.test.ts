import { readFileSync, mkdtempSync, rmSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSeller } from '../../data/seller/generate.ts';
import type { SellerSummary } from '../../data/seller/generate.ts';
import { csvRows, filesOf, tabRows } from './seller-files.ts';
import type { Row } from './seller-files.ts';

const root = mkdtempSync(join(tmpdir(), 'portolan-seller-'));
const small = { seed: 3, skus: 12, days: 70, orders: undefined, truth: 'full' } as const;
let summary: SellerSummary;
const large = join(root, 'large');

beforeAll(async () => {
  await generateSeller({ ...small, out: join(root, 'a') });
  await generateSeller({ ...small, out: join(root, 'b') });
  await generateSeller({ ...small, skus: 13, out: join(root, 'c') });
  summary = await generateSeller({ ...small, skus: 70, days: 430, out: large });
}, 180000);

afterAll(() => rmSync(root, { recursive: true, force: true }));

function everyFile(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .sort();
}

function gzipRows(path: string): Row[] {
  return parse(gunzipSync(readFileSync(path)), { columns: true });
}

describe('the sample seller', () => {
  it('writes the same bytes for the same seed', () => {
    const names = everyFile(join(root, 'a'));
    expect(everyFile(join(root, 'b'))).toEqual(names);
    for (const name of names) {
      const same = readFileSync(join(root, 'a', name)).equals(readFileSync(join(root, 'b', name)));
      expect([name, same]).toEqual([name, true]);
    }
  });

  it('changes nothing about the other SKUs when one is added', () => {
    for (const table of ['demand_daily.csv.gz', 'stock_daily.csv.gz', 'returns.csv.gz']) {
      const before = gzipRows(join(root, 'a/truth', table));
      const after = gzipRows(join(root, 'c/truth', table));
      const added = after.filter((row) => row.sku?.endsWith('-0013'));
      expect(added.length).toBeGreaterThan(0);
      const kept = after.filter((row) => !row.sku?.endsWith('-0013'));
      expect(kept.map(textOf).sort()).toEqual(before.map(textOf).sort());
    }
  });

  it('never cuts an order between two files of one kind', () => {
    for (const account of csvRows(join(large, 'accounts.csv')).filter(
      (row) => row.platform === 'amazon'
    )) {
      const id = account.account ?? '';
      const seen = new Map<string, string>();
      for (const path of filesOf(join(large, 'inbox', id), /all-orders_/)) {
        for (const row of tabRows(path, id === 'amazon-jp' ? 'cp932' : 'utf8')) {
          const order = row['amazon-order-id'] ?? '';
          expect(seen.get(order) ?? path).toBe(path);
          seen.set(order, path);
        }
      }
    }
  });

  it('keeps 85 to 95 % of replenishment cycles free of stock-outs', () => {
    expect(summary.cycleService).toBeGreaterThan(0.85);
    expect(summary.cycleService).toBeLessThan(0.95);
  });

  it('loses sales only when stock runs out, and sells no more than customers want', () => {
    for (const row of gzipRows(join(large, 'truth/demand_daily.csv.gz'))) {
      const [demand, sold, lost] = [row.demand, row.sold, row.lost].map(Number);
      expect(demand).toBe((sold ?? 0) + (lost ?? 0));
    }
  });

  it('draws lead times with a coefficient of variation between 0.2 and 0.4', () => {
    const days = new Map<string, number[]>();
    for (const row of csvRows(join(large, 'inbox/portolan/portolan-purchase-orders.csv'))) {
      if (row.received_on === '' || (row.ordered_on ?? '') > '2026-06-01') continue;
      const lead =
        (Date.parse(row.received_on ?? '') - Date.parse(row.ordered_on ?? '')) / 86400000;
      const lane = `${row.mode}/${row.destination}`;
      days.set(lane, [...(days.get(lane) ?? []), lead]);
    }
    const lanes = [...days.values()].filter((lane) => lane.length >= 60);
    expect(lanes.length).toBeGreaterThan(3);
    for (const lane of lanes) {
      expect(variation(lane)).toBeGreaterThan(0.2);
      expect(variation(lane)).toBeLessThan(0.4);
    }
  });

  it('has a long tail of intermittent and lumpy products', () => {
    const weeks = new Map<string, Map<number, number>>();
    for (const row of gzipRows(join(large, 'truth/demand_daily.csv.gz'))) {
      const week = Math.floor(Date.parse(row.day ?? '') / 604800000);
      const series = weeks.get(row.sku ?? '') ?? new Map<number, number>();
      weeks.set(row.sku ?? '', series.set(week, (series.get(week) ?? 0) + Number(row.demand)));
    }
    const slow = [...weeks.values()].filter((series) => {
      const span = Math.max(...series.keys()) - Math.min(...series.keys()) + 1;
      return span / series.size > 1.32;
    });
    expect(slow.length / weeks.size).toBeGreaterThan(0.3);
    expect(slow.length / weeks.size).toBeLessThan(0.7);
  });

  it('gives probabilities that come true', () => {
    const lost = new Set(
      gzipRows(join(large, 'truth/demand_daily.csv.gz'))
        .filter((row) => Number(row.lost) > 0)
        .map((row) => `${row.sku},${row.location},${row.day}`)
    );
    const judged = gzipRows(join(large, 'truth/oracle_stockout.csv.gz')).filter(
      (row) =>
        Date.parse(row.origin ?? '') + Number(row.horizon_days) * 86400000 <
        Date.parse('2026-10-31')
    );
    let expected = 0;
    let happened = 0;
    for (const row of judged) {
      expected += Number(row.p_stockout);
      const days = Array.from({ length: Number(row.horizon_days) }, (_, n) =>
        new Date(Date.parse(row.origin ?? '') + n * 86400000).toISOString().slice(0, 10)
      );
      if (days.some((day) => lost.has(`${row.sku},${row.location},${day}`))) happened++;
    }
    expect(happened).toBeGreaterThan(10);
    expect(Math.abs(happened - expected)).toBeLessThan(4 * Math.sqrt(expected) + 3);
  });

  it('scales to the asked number of order lines', async () => {
    const scaled = await generateSeller({
      ...small,
      skus: 30,
      orders: 20000,
      truth: 'ledger',
      out: join(root, 'd')
    });
    expect(scaled.orderLines).toBeGreaterThan(17000);
    expect(scaled.orderLines).toBeLessThan(23000);
  }, 60000);
});

function textOf(row: Row): string {
  return Object.values(row).join(',');
}

function variation(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Math.sqrt(variance) / mean;
}
