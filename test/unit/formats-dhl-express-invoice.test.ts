import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const carrier = { platform: 'dhl', channel: 'none', market: null, currency: 'EUR' };
const home = new FreshHome([
  account('dhl', { ...carrier, time_zone: 'Europe/Berlin' }),
  account('dhl-uk', { ...carrier, time_zone: 'America/New_York', date_order: 'dmy' })
]);
const file = fixture('dhl-express-invoice.csv');
/** The fixture with words changed, as another file. */
const changed = (name: string, words: [string, string][], keep = (_line: string) => true) => {
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of words) text = text.replaceAll(from, to);
  const path = join(home.path, name);
  writeFileSync(path, text.split('\n').filter(keep).join('\n'));
  return path;
};
const chargesOf = (invoice: string) =>
  home.rows(
    `select tracking, order_id, market, charge_code, step, unmapped, charged_on::varchar as day, amount::varchar as amount
     from facts.parcel_cost where account = 'dhl' and invoice_no = '${invoice}' order by line_no`
  );
let report: FileReport | undefined;
beforeAll(async () => {
  [report] = await home.load([file], { account: 'dhl' });
});
afterAll(() => {
  home.remove();
});

it('takes the money of shipments, not of invoice totals, and names each charge', async () => {
  expect(report?.format).toBe('dhl-express-invoice');
  expect(report && isAccountedFor(report)).toBe(true);
  const rows = await chargesOf('BER0001');
  expect(
    rows.map((row) => [row['tracking'], row['charge_code'], row['step'], row['amount']])
  ).toEqual([
    ['1000000001', 'ff', 'last_mile', '4.1000'],
    ['1000000001', 'weight_charge', 'last_mile', '20.5000'],
    ['1000000002', 'discount', 'last_mile', '-5.0000'],
    ['1000000002', 'discount', 'last_mile', '-1.0000'],
    ['1000000002', 'ff', 'last_mile', '5.0000'],
    ['1000000002', 'oo', 'last_mile', '4.0000'],
    ['1000000002', 'weight_charge', 'last_mile', '30.0000'],
    ['1000000002', 'zz', null, '3.5000'],
    ['1000000003', 'ff', 'return_handling', '2.0000'],
    ['1000000003', 'weight_charge', 'return_handling', '8.0000'],
    ['1000000004', 'weight_charge', 'last_mile', '0.0000'],
    [null, 'invoice_fee', 'last_mile', '2.5000']
  ]);
  expect(rows[0]).toMatchObject({ order_id: 'W-2001', market: 'US', day: '2026-03-02' });
  expect(rows[2]).toMatchObject({ order_id: 'W-2002', market: 'CH', day: '2026-03-03' });
});

it('tells duty from import VAT and keeps what it does not know unmapped', async () => {
  const rows = await chargesOf('BERD002');
  expect(
    rows.map((row) => [row['charge_code'], row['step'], row['unmapped'], row['amount']])
  ).toEqual([
    ['dd', 'landed_cost', false, '10.0000'],
    ['import_duty', 'landed_cost', false, '20.0000'],
    ['import_vat', null, false, '30.0000'],
    ['qq', null, true, '1.0000']
  ]);
});

it('books a credit note as negative on its own day, and the difference to a stated total as unmapped', async () => {
  expect(await chargesOf('BERC003')).toMatchObject([
    { charge_code: 'ff', step: 'last_mile', amount: '-4.1000', day: '2026-03-20' }
  ]);
  expect(await chargesOf('BER0004')).toMatchObject([
    { charge_code: 'difference', unmapped: true, amount: '2.0000' },
    { charge_code: 'weight_charge', unmapped: false, amount: '5.0000' }
  ]);
});

it('accounts for every row, its money and what it could not read', () => {
  expect(reasonsOf(report)).toEqual({
    TOTALS_ROW: 2,
    TYPE_UNKNOWN: 3,
    DATE_UNREADABLE: 1,
    AMOUNT_NOT_A_NUMBER: 1,
    CURRENCY_MISSING: 1,
    LINE_TYPE_UNKNOWN: 1
  });
  expect(report?.money).toEqual({ EUR: '137.50' });
  const unknown = report?.reasons.find((reason) => reason.code === 'TYPE_UNKNOWN');
  expect(unknown?.text).toContain('(difference, qq, zz)');
});

it('changes nothing when the file comes again', async () => {
  const [again] = await home.loadAgain([file], { account: 'dhl' });
  expect((again?.rows_loaded ?? 1) + (again?.rows_updated ?? 1)).toBe(0);
});

it('refuses an invoice that was cut in the middle', async () => {
  const cut = changed('cut.csv', [], (line) => !line.includes('1000000003'));
  const [refused] = await home.load([cut], { account: 'dhl' });
  expect(refused?.status).toBe('refused');
  expect(refused?.reasons[0]?.text).toContain('Invoice BER0001 states 73.60');
});

it('reads days in the order of the account and knows them where the account is', async () => {
  const days: [string, string][] = [
    [',20260305,', ',05/03/2026,'],
    [',20260302,', ',02/03/2026,']
  ];
  const path = changed('uk.csv', days, (line) => /^Line|BER0001/.test(line));
  await home.load([path], { account: 'dhl-uk' });
  const rows = await home.rows(
    `select account, charged_on::varchar as day, known_at::varchar as known_at from facts.parcel_cost
     where tracking = '1000000001' and invoice_no = 'BER0001' and charge_code = 'ff' order by account`
  );
  expect(rows).toEqual([
    { account: 'dhl', day: '2026-03-02', known_at: '2026-03-04 23:00:00+00' },
    { account: 'dhl-uk', day: '2026-03-02', known_at: '2026-03-05 05:00:00+00' }
  ]);
});

it('never keeps the names and addresses of people', async () => {
  const [kept] = await home.rows(
    `select count(*)::integer as n from facts.rejected_row where raw like '%Nobody%' or raw like '%Nowhere%'`
  );
  expect(kept).toEqual({ n: 0 });
});
