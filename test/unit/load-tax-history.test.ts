import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { account, FreshHome } from '../fixtures/fresh-home.ts';

const germany = { market: 'DE', currency: 'EUR', time_zone: 'Europe/Berlin', tax_inclusive: true };
const home = new FreshHome([account('amazon-de', germany)]);
const folder = mkdtempSync(join(tmpdir(), 'portolan-tax-'));
afterAll(() => {
  home.remove();
  rmSync(folder, { recursive: true, force: true });
});

const header =
  'amazon-order-id,purchase-date,last-updated-date,order-status,sales-channel,sku,item-status,quantity,currency,item-price,item-tax';
const line = (id: string, day: string): string =>
  `${id},${day}T10:00:00Z,${day}T11:00:00Z,Shipped,Amazon.de,MUG-1,Shipped,1,EUR,119.00,`;

it('takes tax out by the rate of the order’s day where the file states none', async () => {
  const days = ['2020-06-30', '2020-07-01', '2020-12-31', '2021-01-01'];
  const lines = days.map((day, index) => line(`302-000000${String(index)}-0000000`, day));
  const file = join(folder, 'orders.txt');
  writeFileSync(file, [header, ...lines, ''].join('\n').replaceAll(',', '\t'));
  await home.load([file], { account: 'amazon-de' });
  const rows = await home.rows(
    'select amount::varchar as amount, certainty from facts.ledger_entry order by order_date'
  );
  expect(rows.map((row) => row['amount'])).toEqual([
    '100.0000',
    '102.5862',
    '102.5862',
    '100.0000'
  ]);
  expect(new Set(rows.map((row) => row['certainty']))).toEqual(new Set(['estimated']));
});
