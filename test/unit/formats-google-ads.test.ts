import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const shop = { platform: 'shopify', channel: 'own_store', currency: 'EUR' };
const home = new FreshHome([
  account('shop', { ...shop, market: 'DE', time_zone: 'Europe/Berlin' }),
  account('period', { ...shop, market: null, time_zone: 'America/New_York' }),
  account('german', { ...shop, market: 'DE', time_zone: 'Europe/Berlin' })
]);
const spend = (owner: string) =>
  home.rows(
    `select spend_date::varchar as day, campaign, sum(cost)::varchar as cost, currency, sum(clicks)::integer as clicks
     from facts.ad_spend where account = '${owner}' group by all order by day, campaign, currency`
  );
const written = (name: string, lines: string[], encoding: BufferEncoding = 'utf8') => {
  const path = join(home.path, name);
  writeFileSync(path, Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, encoding));
  return path;
};
let report: FileReport | undefined;
beforeAll(async () => {
  [report] = await home.load([fixture('google-ads.csv')], { account: 'shop' });
});
afterAll(() => {
  home.remove();
});

it('adds up the devices of a campaign by day and leaves totals out, but no campaign that is called so', async () => {
  expect(report?.format).toBe('google-ads');
  expect(report && isAccountedFor(report)).toBe(true);
  expect(await spend('shop')).toEqual([
    { day: '2026-03-01', campaign: 'Mugs DE', cost: '1328.6400', currency: 'EUR', clicks: 884 },
    { day: '2026-03-02', campaign: 'Lamps US', cost: '10.0000', currency: 'USD', clicks: 8 },
    { day: '2026-03-02', campaign: 'Mugs DE', cost: '1.0000', currency: 'EUR', clicks: 1 },
    {
      day: '2026-03-02',
      campaign: 'Total: everything',
      cost: '99.9000',
      currency: 'EUR',
      clicks: 9
    }
  ]);
  expect(reasonsOf(report)).toEqual({
    AMOUNT_MISSING: 1,
    AMOUNT_NOT_A_NUMBER: 1,
    NUMBER_UNREADABLE: 1,
    DATE_UNREADABLE: 1,
    ID_MISSING: 1,
    TOTALS_ROW: 2
  });
  expect(report?.money).toEqual({ EUR: '1429.54', USD: '10.00' });
  const [row] = await home.rows(
    `select platform, market, sum(attributed_sales)::varchar as sales, min(known_at)::varchar as known_at
     from facts.ad_spend group by all`
  );
  expect(row).toEqual({
    platform: 'google_ads',
    market: 'DE',
    sales: '2400.0000',
    known_at: '2026-03-01 23:00:00+00'
  });
});

it('changes nothing when the file comes again', async () => {
  const before = await spend('shop');
  const [again] = await home.loadAgain([fixture('google-ads.csv')], { account: 'shop' });
  expect((again?.rows_loaded ?? 1) + (again?.rows_updated ?? 1)).toBe(0);
  expect(await spend('shop')).toEqual(before);
});

it('shares a campaign over the period above the header when the file has no days', async () => {
  const path = written('all.csv', [
    'My report',
    '"March 30, 2026 - April 1, 2026"',
    'Campaign status,Campaign,Cost,Impr.,Clicks',
    'Enabled,Mugs DE,100.00,31,10',
    'Total: Campaigns,--,100.00,31,10'
  ]);
  const [loaded] = await home.load([path], { account: 'period' });
  expect(reasonsOf(loaded)).toEqual({ TOTALS_ROW: 1, PERIOD_SPREAD: 1 });
  expect(await spend('period')).toMatchObject([
    { day: '2026-03-30', cost: '33.3333', clicks: 3 },
    { day: '2026-03-31', cost: '33.3333', clicks: 3 },
    { day: '2026-04-01', cost: '33.3334', clicks: 4 }
  ]);
  const [known] = await home.rows(
    `select distinct market, known_at::varchar as known_at from facts.ad_spend where account = 'period'`
  );
  expect(known).toEqual({ market: 'x-company', known_at: '2026-04-02 04:00:00+00' });
});

it('lets a later file by day replace the shared days', async () => {
  const path = written('by-day.csv', [
    'My report',
    '"March 30, 2026 - April 2, 2026"',
    'Day,Campaign,Cost,Impr.',
    '2026-03-30,Mugs DE,90.00,20',
    '2026-04-02,Mugs DE,5.00,2'
  ]);
  await home.load([path], { account: 'period' });
  expect(await spend('period')).toMatchObject([
    { day: '2026-03-30', cost: '90.0000' },
    { day: '2026-03-31', cost: '33.3333' },
    { day: '2026-04-01', cost: '33.3334' },
    { day: '2026-04-02', cost: '5.0000' }
  ]);
});

it('does not guess which days a file over all time covers', async () => {
  const path = written('ever.csv', ['My report', 'All time', 'Campaign,Cost,Impr.', 'Mugs,1.00,2']);
  const [refused] = await home.load([path], { account: 'period' });
  expect(reasonsOf(refused)).toEqual({ PERIOD_MISSING: 1 });
});

it('reads the UTF-16 file with tabs, in German with decimal commas', async () => {
  const path = written(
    'kampagnen.csv',
    [
      'Kampagnenbericht',
      '1. März 2026 - 31. März 2026',
      'Tag\tKampagne\tWährungscode\tKosten\tImpr.\tKlicks',
      '2026-03-01\tBecher\tEUR\t1.234,56\t5.354\t864',
      '02.03.2026\tBecher\tEUR\t7,00\t35\t4',
      'Gesamt: Konto\t --\tEUR\t1.241,56\t5.389\t868'
    ],
    'utf16le'
  );
  const [loaded] = await home.load([path], { account: 'german' });
  expect(reasonsOf(loaded)).toEqual({ TOTALS_ROW: 1 });
  expect(await spend('german')).toEqual([
    { day: '2026-03-01', campaign: 'Becher', cost: '1234.5600', currency: 'EUR', clicks: 864 },
    { day: '2026-03-02', campaign: 'Becher', cost: '7.0000', currency: 'EUR', clicks: 4 }
  ]);
});
