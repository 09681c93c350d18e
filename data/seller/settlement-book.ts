import type { AmazonAccount } from './amazon-accounts.ts';
import type { AmazonOrder } from './amazon-orders.ts';
import type { Amount } from './money.ts';
import { toCoins } from './money.ts';
import { fees } from './parameters.ts';
import { settlementHeader, settlementRowText, settlementSummary } from './writers/amazon-settlement-v2.ts';
import type { OutputFolder } from './writers/output-files.ts';

export interface SettlementRow {
  readonly kind: string;
  readonly posted: number;
  readonly order: AmazonOrder | undefined;
  readonly type: string;
  readonly description: string;
  readonly amount: Amount;
  readonly sku: string;
  readonly quantity: number | undefined;
  readonly promotionId: string;
}

interface OpenPeriod {
  text: string;
  rows: number;
  sum: Amount;
  /** Sales and their reversals, from which ads and the reserve are worked out. */
  sales: Amount;
}

export interface WrittenSettlement {
  readonly account: AmazonAccount;
  readonly period: number;
  readonly deposit: Amount;
  /** Sum of all rows but the first, added up independently of the deposit. */
  readonly sum: Amount;
}

/** Collects the rows of one account's settlements and writes each as one file when it closes. */
export class SettlementBook {
  readonly written: WrittenSettlement[] = [];
  private readonly open = new Map<number, OpenPeriod>();
  private reserve: Amount = 0;

  constructor(
    readonly account: AmazonAccount,
    private readonly folder: OutputFolder
  ) {}

  add(row: SettlementRow): void {
    const index = this.account.settlements.periodOf(row.posted);
    if (index === undefined) return;
    const period = this.period(index);
    period.text += settlementRowText(this.account, this.account.settlements.idOf(index), row);
    period.rows++;
    period.sum += row.amount;
    if (row.description === 'Principal') period.sales += row.amount;
  }

  /** Net sales so far in the settlement that holds a day. */
  salesIn(posted: number): Amount {
    const index = this.account.settlements.periodOf(posted);
    return index === undefined ? 0 : (this.open.get(index)?.sales ?? 0);
  }

  private period(index: number): OpenPeriod {
    const known = this.open.get(index);
    if (known) return known;
    const fresh = { text: '', rows: 0, sum: 0, sales: 0 };
    this.open.set(index, fresh);
    return fresh;
  }

  /** Writes the settlement that ended on the morning of `day`, if one did. */
  close(day: number): void {
    const calendar = this.account.settlements;
    const index = calendar.periodOf(day - 1);
    if (index === undefined || calendar.endOf(index) !== day) return;
    this.balance(index, day - 1);
    const period = this.period(index);
    this.open.delete(index);
    if (period.rows === 0) return; // nothing happened: Amazon sends no file
    const id = calendar.idOf(index);
    const file = `inbox/${this.account.id}/${this.account.id}_settlement_${id}.txt`;
    const out = this.folder.create(file);
    out.head(settlementHeader);
    out.write(settlementSummary(this.account, index, period.sum));
    out.write(period.text, period.rows);
    this.folder.finish({ name: file, file: out });
    this.written.push({ account: this.account, period: index, deposit: period.sum, sum: period.sum });
  }

  /** Reserve in, reserve out, and a card charge when fees exceed sales: none of it is profit. */
  private balance(index: number, posted: number): void {
    const period = this.period(index);
    const move = (description: string, amount: Amount) =>
      amount === 0 ? undefined : this.add({ ...balanceRow, posted, description, amount });
    move('Previous Reserve Amount Balance', this.reserve);
    const free = Math.max(0, period.sum);
    this.reserve = toCoins(free * fees.reserve, this.account.currency);
    move('Current Reserve Amount', -this.reserve);
    if (period.sum < 0) move('Successful charge', -period.sum);
  }
}

const balanceRow = {
  kind: 'other-transaction',
  order: undefined,
  type: 'other-transaction',
  sku: '',
  quantity: undefined,
  promotionId: ''
};
