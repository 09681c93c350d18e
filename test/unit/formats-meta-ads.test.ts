import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const home = new FreshHome([
  account('shop', {
    platform: 'shopify',
    channel: 'own_store',
    market: 'DE',
    time_zone: 'Europe/Berlin'
  }),
  account('ads', { platform: 'meta', channel: 'own_store', market: null, time_zone: 'Asia/Tokyo' })
]);
const spend = (where: string) =>
  home.rows(
    `select spend_date::varchar as day, campaign, sum(cost)::varchar as cost, sum(clicks)::integer as clicks
     from facts.ad_spend where ${where} group by all order by day, campaign`
  );
let report: FileReport | undefined;
beforeAll(async () => {
  [report] = await home.load([fixture('meta-ads.csv')], { account: 'shop' });
});
afterAll(() => {
  home.remove();
});

it('takes cost and currency by campaign and day, and shares a period over its days to the last cent', async () => {
  expect(report?.format).toBe('meta-ads');
  expect(report && isAccountedFor(report)).toBe(true);
  expect(await spend('true')).toEqual([
    { day: '2026-03-01', campaign: 'Lamps, all', cost: '33.3333', clicks: 33 },
    { day: '2026-03-01', campaign: 'Spring mugs', cost: '1210.0000', clicks: 812 },
    { day: '2026-03-02', campaign: 'Lamps, all', cost: '33.3333', clicks: 33 },
    { day: '2026-03-02', campaign: 'Spring mugs', cost: '100.0000', clicks: 88 },
    { day: '2026-03-03', campaign: 'Lamps, all', cost: '33.3334', clicks: 34 }
  ]);
  expect(
    await home.rows(
      `select distinct platform, market, currency, sum(attributed_sales) over ()::varchar as sales from facts.ad_spend`
    )
  ).toEqual([{ platform: 'meta_ads', market: 'DE', currency: 'EUR', sales: '5200.0000' }]);
});

it('leaves the summary row out and keeps unreadable rows aside', () => {
  expect(reasonsOf(report)).toEqual({
    TOTALS_ROW: 1,
    PERIOD_SPREAD: 1,
    PERIOD_REVERSED: 1,
    DATE_MISSING: 1,
    AMOUNT_MISSING: 1,
    AMOUNT_NOT_A_NUMBER: 1,
    NUMBER_UNREADABLE: 1,
    ID_MISSING: 1
  });
  expect(report?.money).toEqual({ EUR: '1410.00' });
});

it('lets a later download restate its days, also in French with decimal commas', async () => {
  const [later] = await home.load([fixture('meta-ads_2026-03-20.csv')], { account: 'shop' });
  expect(later).toMatchObject({ format: 'meta-ads', rows_loaded: 1, rows_updated: 1 });
  expect(await spend(`campaign = 'Spring mugs'`)).toMatchObject([
    { day: '2026-03-01', cost: '1210.0000' },
    { day: '2026-03-02', cost: '1101.5000' },
    { day: '2026-03-03', cost: '7.2500' }
  ]);
});

it('changes nothing when a file comes again, and an older one restates nothing', async () => {
  const before = await spend('true');
  for (const name of ['meta-ads_2026-03-20.csv', 'meta-ads.csv']) {
    const [again] = await home.loadAgain([fixture(name)], { account: 'shop' });
    expect((again?.rows_loaded ?? 1) + (again?.rows_updated ?? 1), name).toBe(0);
  }
  expect(await spend('true')).toEqual(before);
});

it('knows a day once it is over where the ads run, and needs no market', async () => {
  await home.load([fixture('meta-ads.csv')], { account: 'ads' });
  const rows = await home.rows(
    `select account, market, min(known_at)::varchar as known_at from facts.ad_spend
     where spend_date = date '2026-03-01' and campaign = 'Spring mugs' group by all order by account`
  );
  expect(rows).toEqual([
    { account: 'ads', market: 'x-company', known_at: '2026-03-01 15:00:00+00' },
    { account: 'shop', market: 'DE', known_at: '2026-03-01 23:00:00+00' }
  ]);
});
