import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { number, rowsOfCsv, xlsxOf } from '../fixtures/xlsx.ts';

const orders = fixture('shopee-orders.csv');
const scratch = scratchFolder();
const shopee = { platform: 'shopee', channel: 'shopee' };
const thai = account('thai', {
  ...shopee,
  market: 'TH',
  currency: 'THB',
  time_zone: 'Asia/Bangkok',
  tax_inclusive: true
});
const indonesian = account('indonesian', {
  ...shopee,
  market: 'ID',
  currency: 'IDR',
  time_zone: 'Asia/Jakarta'
});

describe('shopee-orders', () => {
  const home = new FreshHome([thai]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([orders]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each line and keeps broken ones aside', () => {
    expect(report).toMatchObject({ format: 'shopee-orders', rows_read: 12, rows_loaded: 7 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      ID_MANGLED: 1,
      DATE_UNREADABLE: 1,
      STATUS_MISSING: 1,
      QUANTITY_NOT_A_NUMBER: 1,
      AMOUNT_NOT_A_NUMBER: 1,
      STATUS_UNKNOWN: 1
    });
    expect(report?.money).toEqual({ THB: '1144.90' });
  });

  it('takes shipping and vouchers once per order and Shopee’s own discount not at all', async () => {
    expect(await home.steps(`order_id = '260301SAMPLE01'`)).toEqual({
      discounts: '-21.4000',
      gross_sales: '401.4000',
      shipping_income: '50.0000'
    });
    const rows = await home.rows(
      `select sku, item_gross::varchar as gross, seller_discount::varchar as discount
       from facts.order_line where order_id = '260301SAMPLE01' order by sku`
    );
    expect(rows).toEqual([
      { sku: 'LAMP-RED', gross: '321.0000', discount: '16.0500' },
      { sku: 'MUG-BLUE', gross: '107.0000', discount: '5.3500' }
    ]);
  });

  it('counts two equal lines, knows a status by its beginning and lets a cancelled order carry nothing', async () => {
    expect(await home.steps(`order_id = '260301SAMPLE03'`)).toEqual({ gross_sales: '200.0000' });
    expect(await home.steps(`order_id = '260301SAMPLE02'`)).toEqual({});
    expect(await home.steps(`order_id = '260301SAMPLE04'`)).toEqual({ unmapped: '100.0000' });
  });

  it('reads the shop’s own time', async () => {
    const [row] = await home.rows(
      `select distinct order_date::varchar as day, timezone('UTC', ordered_at)::varchar as utc
       from facts.order_line where order_id = '260301SAMPLE01'`
    );
    expect(row).toEqual({ day: '2026-03-01', utc: '2026-02-28 17:30:00' });
  });

  it('stores nothing about the buyer', async () => {
    const columns = await home.rows('select unnest(unknown_columns) as title from facts.load_file');
    expect(columns).toEqual([]);
    const raw = await home.rows(
      `select raw from facts.rejected_row where raw like '%Sample%' or raw like '%ring%'`
    );
    expect(raw).toEqual([]);
  });

  it('changes nothing when it comes again, as text or as a spreadsheet with numbers', async () => {
    const before = await home.steps();
    const [header = [], ...rows] = rowsOfCsv(readFileSync(orders, 'utf8'));
    const cells = rows.map((row) =>
      row.map((cell) => (/^\d+(\.\d+)?$/.test(cell) ? number(cell) : cell))
    );
    const workbook = xlsxOf([{ name: 'orders', rows: [header, ...cells], isShared: true }]);
    const again = await home.loadAgain([orders]);
    again.push(...(await home.load([scratch.write('Order.all.xlsx', workbook)])));
    expect(again).toHaveLength(2);
    for (const line of again) expect(line).toMatchObject({ rows_loaded: 0, rows_unchanged: 7 });
    expect(await home.steps()).toEqual(before);
  });
});

it('reads the Indonesian report, its rupiah and its day', async () => {
  const home = new FreshHome([thai, indonesian]);
  const header =
    'No. Pesanan,Status Pesanan,Waktu Pesanan Dibuat,Nama Produk,Nomor Referensi SKU,Nama Variasi,Harga Awal,Harga Setelah Diskon,Jumlah,Total Harga Produk,Diskon Dari Shopee,Voucher Ditanggung Penjual,Ongkos Kirim Dibayar oleh Pembeli,Nama Penerima';
  const lines = [
    'ID1,Selesai,2026-03-01 00:30,Lampu,LAMP-RED,M,150.000,125.000,10,1.250.000,0,39.000,9.000,A. Sample',
    'ID2,Belum Bayar,2026-03-01 08:00,Lampu,LAMP-RED,M,150.000,125.000,1,125.000,0,0,9.000,A. Sample',
    'ID3,Dibatalkan,2026-03-01 08:00,Lampu,LAMP-RED,M,150.000,125.000,1,125.000,0,0,9.000,A. Sample'
  ];
  const file = scratch.write('id.csv', [header, ...lines].join('\n'));
  const [report] = await home.load([file], { account: 'indonesian' });
  expect(report).toMatchObject({ rows_loaded: 3, reasons: [] });
  expect(await home.steps()).toEqual({
    discounts: '-39000.0000',
    gross_sales: '1250000.0000',
    shipping_income: '9000.0000'
  });
  const [row] = await home.rows(
    `select timezone('UTC', ordered_at)::varchar as utc from facts.order_line where order_id = 'ID1'`
  );
  expect(row).toEqual({ utc: '2026-02-28 17:30:00' });
  home.remove();
});
