import { isoDate, monthOf } from '../days.ts';
import { coinText } from '../money.ts';
import type { ParcelCharge } from '../parcels.ts';
import type { OutputFolder } from './output-files.ts';

/** The file has 250 columns and no header; these are the ones that are filled, by place. */
const columns = 250;
const at = {
  version: 0,
  recipient: 1,
  account: 2,
  country: 3,
  invoiceDate: 4,
  invoiceNumber: 5,
  invoiceType: 6,
  invoiceCurrency: 9,
  transactionDate: 11,
  billOption: 17,
  packages: 18,
  tracking: 20,
  reference: 21,
  zone: 33,
  category: 34,
  classification: 43,
  code: 44,
  description: 45,
  units: 46,
  currency: 50,
  incentive: 51,
  net: 52,
  due: 62,
  sender: 73,
  receiver: 81
} as const;

/** Billing data: the invoices of a month in one file. */
export class UpsWriter {
  constructor(private readonly folder: OutputFolder) {}

  write(charge: ParcelCharge, day: number): void {
    const name = `inbox/ups/ups_billing-data_${monthOf(day)}.csv`;
    const file = this.folder.current('ups', name, { header: '' });
    file.write(`${cellsOf(charge, day).join(',')}\n`);
  }
}

function cellsOf(charge: ParcelCharge, day: number): string[] {
  const row = new Array<string>(columns).fill('');
  const comesBack = charge.category === 'RTN';
  const filled: Record<keyof typeof at, string> = {
    version: '2.1',
    recipient: '000000A1B2C3',
    account: '000000A1B2C3',
    country: 'US',
    invoiceDate: isoDate(day),
    invoiceNumber: `000000A1B2C3${String(day)}`,
    invoiceType: 'F',
    invoiceCurrency: 'USD',
    transactionDate: isoDate(day),
    billOption: comesBack ? 'F/C' : 'P/P',
    packages: charge.category === 'SHP' ? '1' : '0',
    tracking: charge.tracking,
    reference: charge.reference,
    zone: charge.market === 'CA' ? '051' : '004',
    category: charge.category,
    classification: charge.classification,
    code: charge.code,
    description: charge.description,
    units: '1',
    currency: 'USD',
    incentive: coinText(-charge.incentive, 'USD'),
    net: coinText(charge.amount, 'USD'),
    due: isoDate(day + 21),
    sender: comesBack ? charge.market : 'US',
    receiver: comesBack ? 'US' : charge.market
  };
  for (const [name, place] of Object.entries(at)) row[place] = textOf(filled, name);
  return row;
}

function textOf(filled: Record<string, string>, name: string): string {
  return filled[name] ?? '';
}
