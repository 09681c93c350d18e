import type { AmazonAccount } from './amazon-accounts.ts';
import type { AmazonOrder } from './amazon-orders.ts';
import { cellAt } from './ledger.ts';
import type { Amount } from './money.ts';
import { toCoins } from './money.ts';
import { fees } from './parameters.ts';
import type { Settlement } from './seller.ts';
import {
  amountText,
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
  readonly promotionId: string;
}

/** The text of a row before and after its component. */
export interface RowText {
  readonly before: string;
  readonly after: string;
}

interface OpenPeriod {
  readonly text: TextPile;
  /** Sum of the rows by posted day. */
  readonly byDay: Map<number, Amount>;
  rows: number;
  sum: Amount;
}

/** Collects the rows of one account's settlements and writes each as one file when it closes. */
export class SettlementBook {
  private readonly open = new Map<number, OpenPeriod>();
  private reserve: Amount = 0;

  constructor(
    readonly account: AmazonAccount,
    private readonly folder: OutputFolder,
    private readonly paidOut: Settlement[]
  ) {}

  /** Takes the rows of one order line or charge; undefined when its settlement is not paid yet. */
  lines(head: RowHead): SettlementLines | undefined {
    const { settlements } = this.account;
    const index = settlements.periodOf(head.posted);
    if (index === undefined) return undefined;
    const text = rowAround(this.account, settlements.idOf(index), head);
    const { promotionId, posted } = head;
    return new SettlementLines(this.account, this.period(index), { ...text, promotionId, posted });
  }

  private period(index: number): OpenPeriod {
    const known = this.open.get(index);
    if (known) return known;
    const fresh = { text: new TextPile(), byDay: new Map<number, Amount>(), rows: 0, sum: 0 };
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
    period.text.drain((bytes) => {
      out.copy(bytes);
    });
    out.rows += period.rows;
    this.folder.finish({ name: file, file: out });
    const { sum, byDay } = period;
    const { id: account, market, currency } = this.account;
    const cell = cellAt(market, 'amazon');
    const depositedOn = calendar.depositOf(index);
    this.paidOut.push({ account, cell, id, currency, deposit: sum, sum, depositedOn, byDay });
  }

  /** Reserve in, reserve out, and a card charge when fees exceed sales: none of it is profit. */
  private balance(index: number, posted: number): void {
    const period = this.period(index);
    const charge = { kind: 'other-transaction', posted, order: undefined };
    const lines = this.lines({ ...charge, sku: '', quantity: undefined, promotionId: '' });
    const move = (description: string, amount: Amount) =>
      lines?.add(['other-transaction', description], amount);
    move('Previous Reserve Amount Balance', this.reserve);
    const free = Math.max(0, period.sum);
    this.reserve = toCoins(free * fees.reserve, this.account.currency);
    move('Current Reserve Amount', -this.reserve);
    if (period.sum < 0) move('Successful charge', -period.sum);
  }
}

/** The rows of one order line in one settlement: the same text around every component. */
export class SettlementLines {
  constructor(
    private readonly account: AmazonAccount,
    private readonly period: OpenPeriod,
    private readonly around: RowText & { promotionId: string; posted: number }
  ) {}

  /** One signed component by amount-type and amount-description; 0 leaves no row. */
  add(part: readonly [string, string], amount: Amount): void {
    if (amount === 0) return;
    const { before, after, promotionId, posted } = this.around;
    const promotion = part[0] === 'Promotion' ? promotionId : '';
    const component = `${part[0]}\t${part[1]}\t${amountText(this.account, amount)}`;
    this.period.text.add(`${before}${component}${after}${promotion}\n`);
    const { byDay } = this.period;
    byDay.set(posted, (byDay.get(posted) ?? 0) + amount);
    this.period.rows++;
    this.period.sum += amount;
  }
}

/** Rows kept as bytes: a settlement stays open for months and would burden the heap as strings. */
class TextPile {
  private readonly full: Buffer[] = [];
  private buffer = Buffer.allocUnsafe(16384);
  private used = 0;

  add(text: string): void {
    if (this.used + text.length > this.buffer.length) {
      this.full.push(this.buffer.subarray(0, this.used));
      this.buffer = Buffer.allocUnsafe(16384);
      this.used = 0;
    }
    this.used += this.buffer.write(text, this.used, 'latin1');
  }

  drain(take: (bytes: Buffer) => void): void {
    for (const bytes of this.full) take(bytes);
    take(this.buffer.subarray(0, this.used));
  }
}
