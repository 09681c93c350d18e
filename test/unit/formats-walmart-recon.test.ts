import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { rowsOfCsv, xlsxOf } from '../fixtures/xlsx.ts';

const recon = fixture('walmart-recon.csv');
const text = readFileSync(recon, 'utf8');
const [header = '', , summary = '', ...lines] = text.trimEnd().split('\n');
const scratch = scratchFolder();
const walmart = { platform: 'walmart', channel: 'walmart' };
const steps = {
  advertising: '-7.0000',
  discounts: '-1.0000',
  fulfilment: '-4.4500',
  gross_sales: '69.5000',
  landed_cost: '11.0000',
  last_mile: '-8.2300',
  refunds: '-8.0000',
  return_handling: '-3.7500',
  selling_fees: '-8.3300',
  shipping_income: '8.9900',
  storage: '-4.2000',
  unmapped: '-1.2000'
};

describe('walmart-recon', () => {
  const home = new FreshHome([account('us', walmart)]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([recon]);
  });
  afterAll(() => {
    home.remove();
  });

  it('passes over the line count and announces the one fee without a name', () => {
    expect(report).toMatchObject({ format: 'walmart-recon', rows_read: 30, rows_loaded: 29 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({ TOTALS_ROW: 1, TYPE_UNKNOWN: 1 });
    const unknown = report?.reasons.find(({ code }) => code === 'TYPE_UNKNOWN');
    expect(unknown?.text).toContain('(Fee/Reimbursement: Misc Invoices)');
    expect(report?.money).toEqual({ USD: '33.33' });
  });

  it('tells prices, fees, refunds and what was paid for lost goods apart; tax and reserves stay out', async () => {
    expect(await home.steps()).toEqual(steps);
    const rows = await home.rows(
      `select fee_code, sum(amount)::varchar as amount, bool_or(is_balance_move) as moves
       from facts.settlement_entry where step is null and not unmapped group by all order by all`
    );
    expect(rows).toEqual([
      { fee_code: 'reserve', amount: '-10.0000', moves: true },
      { fee_code: 'tax_collected', amount: '1.6500', moves: false },
      { fee_code: 'tax_withheld', amount: '-1.6500', moves: false }
    ]);
  });

  it('states the payout of its period, which the entries add up to', async () => {
    const rows = await home.rows(
      `select s.settlement_id, any_value(s.total_amount)::varchar as stated, sum(e.amount)::varchar as added,
         any_value(timezone('UTC', s.started_at))::varchar as since, any_value(timezone('UTC', s.deposited_at))::varchar as paid
       from facts.settlement s join facts.settlement_entry e using (settlement_id) group by s.settlement_id`
    );
    expect(rows).toEqual([
      {
        settlement_id: 'walmart-2026-03-14',
        stated: '33.3300',
        added: '33.3300',
        since: '2026-03-01 08:00:00',
        paid: '2026-03-17 07:00:00'
      }
    ]);
  });

  it('counts units once where Walmart pays part of the price, and both of two equal fees', async () => {
    const [units] = await home.rows(
      `select sum(quantity)::integer as n from facts.ledger_entry where step = 'gross_sales'`
    );
    expect(units).toEqual({ n: 4 });
    expect(await home.steps(`step = 'storage'`)).toEqual({ storage: '-4.2000' });
  });

  it('changes nothing when it comes again, as text or as a spreadsheet', async () => {
    const again = await home.loadAgain([recon]);
    const sheet = xlsxOf([{ name: 'Sheet1', rows: rowsOfCsv(text) }]);
    const [other] = await home.load([scratch.write('recon.xlsx', sheet)]);
    for (const line of [...again, other])
      expect(line).toMatchObject({ rows_loaded: 0, rows_unchanged: 29, rows_skipped: 1 });
    expect(await home.steps()).toEqual(steps);
  });

  it('does not change a payout that is closed', async () => {
    const changed = text.replace('-8.23', '-7.23').replace(',33.33,', ',34.33,');
    const [other] = await home.load([scratch.write('2026-05-01 changed.csv', changed)]);
    expect(reasonsOf(other)).toMatchObject({ CONFLICT: 2 });
    expect(await home.steps()).toEqual(steps);
  });

  it('silences the order lines that it settles by SKU, and keeps the day of the order', async () => {
    await home.load([fixture('walmart-orders.csv')]);
    expect(await home.steps(`order_id = '108900000000101'`)).toEqual({
      gross_sales: '40.0000',
      last_mile: '-8.2300',
      refunds: '-8.0000',
      selling_fees: '-3.9000',
      shipping_income: '5.9900'
    });
    const [day] = await home.rows(
      `select distinct order_date::varchar as ordered, posted_date::varchar as posted from facts.ledger_entry
       where order_id = '108900000000101' and step = 'gross_sales'`
    );
    expect(day).toEqual({ ordered: '2026-03-01', posted: '2026-03-03' });
  });

  it('stores nothing about the buyer and knows every column', async () => {
    const columns = await home.rows('select unnest(unknown_columns) as title from facts.load_file');
    expect(columns).toEqual([]);
  });
});

describe('a walmart-recon file that is not whole', () => {
  const home = new FreshHome([account('us', walmart)]);
  const write = (name: string, rows: string[]) => scratch.write(name, [header, ...rows].join('\n'));
  afterAll(() => {
    home.remove();
  });

  it('is refused when its rows do not add up to the payout', async () => {
    const [cut] = await home.load([write('cut.csv', [summary, ...lines.slice(1)])]);
    expect(cut?.status).toBe('refused');
    expect(cut?.reasons[0]?.text).toContain(
      'states 33.3300; its lines add up to -6.6700, 40.0000 USD too little'
    );
  });

  it('is refused when a spreadsheet rounded a purchase order', async () => {
    const rows = lines.map((line, index) =>
      index === 0 ? line.replace('108900000000101', '1.089E+14') : line
    );
    const [mangled] = await home.load([write('mangled.csv', [summary, ...rows])]);
    expect(mangled?.status).toBe('refused');
    expect(reasonsOf(mangled)).toEqual({ ID_MANGLED: 1 });
  });

  it('is refused when one of its rows has no readable amount', async () => {
    const rows = lines.map((line) => line.replace(',-8.23,', ',n/a,'));
    const [unread] = await home.load([write('unread.csv', [summary, ...rows])]);
    expect(unread?.reasons[0]?.text).toContain('(1 lines cannot be read)');
  });

  it('stands under its days without its summary, and never beside the whole report', async () => {
    const pasted = [header, ...lines.slice(0, 7)].map((line) => line.replaceAll(',', '\t'));
    const part = scratch.write('part.txt', pasted.join('\n'));
    expect((await home.load([part]))[0]).toMatchObject({ rows_loaded: 7 });
    const days = await home.rows('select distinct settlement_id from facts.settlement_entry');
    expect(days).toEqual([{ settlement_id: 'walmart-recon-2026-03-03' }]);
    expect(await home.rows('select * from facts.settlement')).toEqual([]);
    const [whole] = await home.load([recon]);
    expect(whole?.reasons[0]?.text).toContain('Roll that file back, then load this one');

    const other = new FreshHome([account('us', walmart)]);
    await other.load([recon]);
    const [refused] = await other.load([part]);
    expect(refused?.reasons[0]?.text).toContain('is already loaded with the whole report');
    expect(await other.steps()).toEqual(steps);
    other.remove();
  });
});

it('leaves a sale without a SKU to the orders report, with its delivery, and keeps the fee', async () => {
  const home = new FreshHome([account('us', walmart)]);
  const file = scratch.write('no-sku.csv', text.replaceAll('108900000000120', '108900000000105'));
  await home.load([file, fixture('walmart-orders.csv')]);
  expect(await home.steps(`order_id = '108900000000105'`)).toEqual({
    gross_sales: '1028.5000',
    selling_fees: '-1.4300'
  });
  const [day] = await home.rows(
    `select distinct posted_date::varchar as day from facts.ledger_entry
     where order_id = '108900000000105' and step = 'gross_sales'`
  );
  expect(day).toEqual({ day: '2026-03-06' });
  home.remove();
});

it('reads American days in any account, and both of two reports pasted together', async () => {
  const east = account('east', { ...walmart, time_zone: 'America/New_York', date_order: 'dmy' });
  const home = new FreshHome([east]);
  const next = [
    header,
    summary
      .replace('03/01', '03/15')
      .replace('03/14', '03/28')
      .replace('03/17', '03/31')
      .replace('33.33', '-7.00'),
    (lines.find((line) => line.includes('Advertising')) ?? '').replace('3/12/2026', '3/20/2026')
  ];
  await home.load([scratch.write('two.csv', [text.trimEnd(), ...next].join('\n'))]);
  const rows = await home.rows(
    `select settlement_id, total_amount::varchar as total, timezone('UTC', deposited_at)::varchar as paid
     from facts.settlement order by 1`
  );
  expect(rows).toEqual([
    { settlement_id: 'walmart-2026-03-14', total: '33.3300', paid: '2026-03-17 04:00:00' },
    { settlement_id: 'walmart-2026-03-28', total: '-7.0000', paid: '2026-03-31 04:00:00' }
  ]);
  const [day] = await home.rows(
    `select max(posted_date)::varchar as day from facts.settlement_entry`
  );
  expect(day).toEqual({ day: '2026-03-20' });
  home.remove();
});
