import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSeller } from '../../data/seller/generate.ts';
import { invoiceFile, invoices } from '../fixtures/invoices.ts';
import { readSheet, type Sheet } from './sheet.ts';

/** Account folder and the beginning of the name of one file of each report the sample seller writes. */
const wanted: [account: string, name: string][] = [
  ['amazon-us', 'amazon-us_all-orders_'],
  ['amazon-jp', 'amazon-jp_all-orders_'],
  ['amazon-de', 'amazon-de_settlement_'],
  ['amazon-us', 'amazon-us_fba-inventory_'],
  ['shop-us', 'shop-us_orders_export_'],
  ['pos-us', 'items-'],
  ['pos-de', 'de-berlin_'],
  ['ecb', 'eurofxref-hist'],
  ['portolan', 'portolan-cost-lots'],
  ['portolan', 'portolan-listings'],
  ['portolan', 'portolan-products'],
  ['portolan', 'portolan-purchase-orders'],
  ['portolan', 'stock-count_'],
  ['wholesale', 'wholesale-orders_']
];
const maxRows = 400;

export interface Originals {
  sheets: Sheet[];
  /** Text of accounts.csv, which every home of a fuzzed file starts from. */
  accounts: string;
}

/** One file of each report, from a small sample seller, and one that a mapping reads. */
export async function originals(folder: string): Promise<Originals> {
  const out = join(folder, 'seller');
  await generateSeller({ out, seed: 3, skus: 12, days: 70, orders: undefined, truth: 'ledger' });
  const sheets = wanted.flatMap(([account, start]) => {
    const inbox = join(out, 'inbox', account);
    const name = readdirSync(inbox)
      .sort()
      .find((file) => file.startsWith(start));
    if (name === undefined) return [];
    const bytes = readFileSync(join(inbox, name));
    return [readSheet({ name, account, bytes }, account === 'amazon-jp' ? 'cp932' : 'utf-8')];
  });
  const mapped = readSheet(
    {
      name: 'online-retail.csv',
      account: 'uci-online-retail',
      bytes: Buffer.from(invoiceFile(invoices(40, 2))),
      mapping: 'uci-online-retail'
    },
    'utf-8'
  );
  return {
    sheets: [...sheets, mapped].map((sheet) => ({
      ...sheet,
      rows: sheet.rows.slice(0, rowsKept(sheet))
    })),
    accounts: readFileSync(join(out, 'accounts.csv'), 'utf8')
  };
}

/** A settlement must stay whole to add up. */
const rowsKept = (sheet: Sheet): number => (sheet.name.includes('settlement') ? Infinity : maxRows);

/** A folder as a seller hands it over: accounts.csv and one file in its account's inbox. */
export function sellerFolder(
  folder: string,
  accounts: string,
  files: { account: string; name: string; bytes: Buffer }[]
): string {
  mkdirSync(join(folder, 'inbox'), { recursive: true });
  writeFileSync(join(folder, 'accounts.csv'), accounts);
  for (const { account, name, bytes } of files) {
    mkdirSync(join(folder, 'inbox', account), { recursive: true });
    writeFileSync(join(folder, 'inbox', account, name), bytes);
  }
  return folder;
}
