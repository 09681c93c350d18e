import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const carrier = { platform: 'ups', channel: 'none', market: null, currency: 'EUR' };
const home = new FreshHome([
  account('ups', { ...carrier, time_zone: 'Europe/Berlin' }),
  account('ups-bare', { ...carrier, time_zone: 'America/New_York' })
]);
const file = fixture('ups-billing.csv');
const charges = `select tracking, charge_code, step, unmapped, market, sum(amount)::varchar as amount
  from facts.parcel_cost where account = 'ups'`;
let report: FileReport | undefined;
beforeAll(async () => {
  [report] = await home.load([file], { account: 'ups' });
});
afterAll(() => {
  home.remove();
});

it('adds the charges of a parcel up by what they are for, equal rows too', async () => {
  expect(report?.format).toBe('ups-billing');
  expect(report && isAccountedFor(report)).toBe(true);
  const rows = await home.rows(
    `${charges} and invoice_no = '0000111111106' group by all order by tracking, charge_code`
  );
  expect(
    rows.map((row) => [
      row['tracking'],
      row['charge_code'],
      row['step'],
      row['unmapped'],
      row['amount']
    ])
  ).toEqual([
    ['1Z0001', 'acc_res', 'last_mile', false, '6.2000'],
    ['1Z0001', 'brk_500', 'landed_cost', false, '4.0000'],
    ['1Z0001', 'frt_011', 'last_mile', false, '18.4000'],
    ['1Z0001', 'fsc_fsc', 'last_mile', false, '2.7600'],
    ['1Z0001', 'gov_201', 'landed_cost', false, '7.0000'],
    ['1Z0001', 'gov_205', null, false, '11.0000'],
    ['1Z0001', 'gov_209', null, true, '1.0000'],
    ['1Z0002', 'frt_003', 'return_handling', false, '6.0000'],
    ['1Z0002', 'fsc_fsc', 'return_handling', false, '0.9000'],
    [null, 'msc_lpf', null, true, '5.0000'],
    [null, 'msc_wks', 'last_mile', false, '12.0000'],
    [null, 'new_77', null, true, '2.0000'],
    [null, 'tax_01', null, false, '9.5000']
  ]);
});

it('knows order and market of a parcel; a return belongs to where it comes from', async () => {
  const rows = await home.rows(
    `select distinct tracking, order_id, market, charged_on::varchar as day from facts.parcel_cost
     where invoice_no = '0000111111106' order by tracking`
  );
  expect(rows).toEqual([
    { tracking: '1Z0001', order_id: 'W-3001', market: 'US', day: '2026-03-02' },
    { tracking: '1Z0002', order_id: 'W-3002', market: 'FR', day: '2026-03-03' },
    { tracking: null, order_id: null, market: null, day: '2026-03-07' }
  ]);
});

it('adds an adjustment of a later invoice to the parcel', async () => {
  const [row] = await home.rows(
    `${charges} and tracking = '1Z0001' and charge_code = 'frt_011' group by all`
  );
  expect(row).toMatchObject({ amount: '17.0000', step: 'last_mile' });
});

it('accounts for every row, its money and what it could not read', () => {
  expect(reasonsOf(report)).toEqual({
    METADATA_ROW: 1,
    AMOUNT_MISSING: 1,
    AMOUNT_NOT_A_NUMBER: 1,
    DATE_UNREADABLE: 1,
    ID_MISSING: 1,
    TYPE_UNKNOWN: 3
  });
  expect(report?.money).toEqual({ EUR: '84.36' });
  const unknown = report?.reasons.find((reason) => reason.code === 'TYPE_UNKNOWN');
  expect(unknown?.text).toContain('(GOV Duty and VAT, MSC Something else, NEW Brand new)');
});

it('changes nothing when the file comes again', async () => {
  const [again] = await home.loadAgain([file], { account: 'ups' });
  expect((again?.rows_loaded ?? 1) + (again?.rows_updated ?? 1)).toBe(0);
});

it('reads the download without a header to the same rows, and knows them where the account is', async () => {
  const path = join(home.path, 'bare.csv');
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(path, lines.slice(1).join('\n'));
  const [bare] = await home.load([path], { account: 'ups-bare' });
  expect(bare).toMatchObject({ format: 'ups-billing', rows_read: report?.rows_read });
  expect(bare?.money).toEqual(report?.money);
  const rows = await home.rows(
    `select account, count(*)::integer as n, sum(amount)::varchar as amount, min(known_at)::varchar as known_at
     from facts.parcel_cost group by account order by account`
  );
  expect(rows).toEqual([
    { account: 'ups', n: 15, amount: '84.3600', known_at: '2026-03-06 23:00:00+00' },
    { account: 'ups-bare', n: 15, amount: '84.3600', known_at: '2026-03-07 05:00:00+00' }
  ]);
});

it('is not taken for a bill when the columns are not as many, header or not', async () => {
  const path = join(home.path, 'short.csv');
  writeFileSync(
    path,
    '2.1,0000111111,0000111111,DE,2026-03-07\n2.1,0000111111,0000111111,DE,2026-03-07\n'
  );
  const [refused] = await home.load([path], { account: 'ups' });
  expect(reasonsOf(refused)).toEqual({ FORMAT_UNKNOWN: 1 });
});

it('never keeps the names and addresses of people', async () => {
  const [kept] = await home.rows(
    `select count(*)::integer as n from facts.rejected_row where raw like '%Nobody%' or raw like '%Nowhere%'`
  );
  expect(kept).toEqual({ n: 0 });
});
