import type { Row } from '../api/questions.ts';
import { addDecimals, ratio } from '../format/decimal.ts';
import { stepOrder, subtotalAfter, type Step, type Subtotal } from './steps.ts';

export interface WaterfallRow {
  readonly name: Step | Subtotal;
  readonly isSubtotal: boolean;
  readonly amount: string;
  /** Where the bar starts and ends on the money axis. */
  readonly from: number;
  readonly to: number;
  readonly share: number | null;
  /** Where the bar would end with the amount of the period compared with. */
  readonly before: number | null;
  readonly amountBefore: string | null;
}

export type Amounts = ReadonlyMap<string, string>;

export function amounts(rows: readonly Row<'ledger_steps'>[]): Amounts {
  return new Map(rows.map((row) => [row.step, row.amount]));
}

/** The sum of all steps up to and including the one a subtotal closes. */
export function subtotal(steps: Amounts, wanted: Subtotal): string {
  const last = stepOrder.findIndex((step) => subtotalAfter(step) === wanted);
  return addDecimals(stepOrder.slice(0, last + 1).map((step) => steps.get(step) ?? null));
}

interface Level {
  readonly name: Step | Subtotal;
  readonly amount: string;
  readonly level: string;
}

/** Every step and subtotal in order, each with the running sum after it. */
function levels(steps: Amounts): readonly Level[] {
  let running = '0';
  return stepOrder.flatMap((step): Level[] => {
    const amount = steps.get(step) ?? '0.0000';
    running = addDecimals([running, amount]);
    const own = { name: step, amount, level: running };
    const closed = subtotalAfter(step);
    return closed ? [own, { name: closed, amount: running, level: running }] : [own];
  });
}

export function waterfall(now: Amounts, before: Amounts | undefined): readonly WaterfallRow[] {
  const revenue = subtotal(now, 'net_revenue');
  const past = before ? levels(before) : [];
  let start = 0;
  return levels(now).map(({ name, amount, level }, index): WaterfallRow => {
    const isSubtotal = amount === level && subtotalNames.has(name);
    const from = isSubtotal ? 0 : start;
    start = Number(level);
    const then = past[index];
    return {
      name,
      isSubtotal,
      amount,
      from,
      to: Number(level),
      share: ratio(amount, revenue),
      before: then ? from + Number(then.amount) : null,
      amountBefore: then?.amount ?? null
    };
  });
}

const subtotalNames: ReadonlySet<string> = new Set([
  'net_revenue',
  'cm1',
  'cm2',
  'cm3',
  'net_profit'
]);
