import type { AmazonAccount } from './amazon-accounts.ts';
import type { AmazonOrder } from './amazon-orders.ts';
import type { Amount } from './money.ts';
import { toCoins } from './money.ts';
import { fees } from './parameters.ts';
import {
  componentText,
  rowAround,
  settlementHeader,
  settlementSummary
} from './writers/amazon-settlement-v2.ts';
import type { OutputFolder } from './writers/output-files.ts';

/** What the components of one order line have in common. */
export interface RowHead {
  readonly kind: string;
  readonly posted: number;
  readonly order: AmazonOrder | undefined;
  readonly sku: string;
  readonly quantity: number | undefined;
}

/** One signed component. */
export interface SettlementRow {
  readonly posted: number;
  readonly type: string;
  readonly description: string;
  readonly amount: Amount;
  readonly promotionId: string;
}

export interface RowText {
  readonly before: string;
  readonly after: string;
}

interface OpenPeriod {
  readonly text: TextPile;
  rows: number;
  sum: Amount;
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

  /** Adds one component; `around` is the text of the row before and after its type, name and amount. */
  add(row: SettlementRow, around: RowText): void {
    const index = this.account.settlements.periodOf(row.posted);
    if (index === undefined) return;
    const period = this.period(index);
    period.text.add(
      `${around.before}${componentText(this.account, row)}${around.after}${row.promotionId}\n`
    );
    period.rows++;
    period.sum += row.amount;
  }

  /** The text around the components of one order line, or of one charge without an order. */
  around(head: RowHead): RowText {
    const index = this.account.settlements.periodOf(head.posted) ?? 0;
    return rowAround(this.account, this.account.settlements.idOf(index), head);
  }

  private period(index: number): OpenPeriod {
    const known = this.open.get(index);
    if (known) return known;
    const fresh = { text: new TextPile(), rows: 0, sum: 0 };
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
    period.text.drain((text) => out.write(text, 0));
    out.rows += period.rows;
    this.folder.finish({ name: file, file: out });
    this.written.push({
      account: this.account,
      period: index,
      deposit: period.sum,
      sum: period.sum
    });
  }

  /** Reserve in, reserve out, and a card charge when fees exceed sales: none of it is profit. */
  private balance(index: number, posted: number): void {
    const period = this.period(index);
    const head = {
      kind: 'other-transaction',
      posted,
      order: undefined,
      sku: '',
      quantity: undefined
    };
    const around = this.around(head);
    const move = (description: string, amount: Amount) => {
      const row = { posted, type: 'other-transaction', description, amount, promotionId: '' };
      if (amount !== 0) this.add(row, around);
    };
    move('Previous Reserve Amount Balance', this.reserve);
    const free = Math.max(0, period.sum);
    this.reserve = toCoins(free * fees.reserve, this.account.currency);
    move('Current Reserve Amount', -this.reserve);
    if (period.sum < 0) move('Successful charge', -period.sum);
  }
}

/** Rows kept as bytes: a settlement stays open for months and would burden the heap as strings. */
class TextPile {
  private readonly full: Buffer[] = [];
  private recent = '';

  add(text: string): void {
    this.recent += text;
    if (this.recent.length < 16384) return;
    this.full.push(Buffer.from(this.recent, 'latin1'));
    this.recent = '';
  }

  drain(take: (text: string) => void): void {
    for (const bytes of this.full) take(bytes.toString('latin1'));
    take(this.recent);
  }
}
