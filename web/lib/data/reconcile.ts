import type { Row } from '../api/questions.ts';
import type { Words } from '../format/words.ts';

type Settlement = Row<'settlement_bridge'>;

const statuses = ['balanced', 'residual', 'bank_differs', 'no_bank_payment', 'open'] as const;
const hints = ['wrong_sign', 'counted_twice', 'missing_line', 'sent_differs'] as const;

/** What became of a settlement, and what would explain a difference. */
export function statusText(row: Settlement, words: Words): string {
  const hint = hints.find((known) => known === row.hint);
  if (hint !== undefined) return words.t(`hint_${hint}`);
  const status = statuses.find((known) => known === row.status);
  return status === undefined ? row.status : words.t(`settlement_${status}`);
}

export function statusTone(status: string): string {
  if (status === 'balanced') return 'fav';
  if (status === 'residual') return 'adv';
  return status === 'no_bank_payment' || status === 'bank_differs' ? 'warn' : 'ink-2';
}

/** The title of the table: how many tie to the cent, how many do not, how many the bank lacks. */
export function settlementsFinding(rows: readonly Settlement[], words: Words): string {
  const off = rows.filter((row) => row.status === 'residual').length;
  const unpaid = rows.filter((row) => statusTone(row.status) === 'warn').length;
  const slots = { all: rows.length, off, unpaid };
  if (off > 0) return words.t('settlements_off', slots);
  return words.t(unpaid > 0 ? 'settlements_unpaid' : 'settlements_tie', slots);
}

type PayoutStep = Row<'payout_bridge'>;

const payoutSteps = [
  'ordered_sales',
  'not_posted_yet',
  'posted_from_before',
  'posted_sales',
  'refunds',
  'fees',
  'advertising',
  'other',
  'unmapped',
  'tax',
  'sale_difference',
  'balance_moves',
  'unexplained_settled',
  'settled_in_period',
  'earlier_open',
  'still_open',
  'unexplained_deposits',
  'deposits',
  'owed_to_platform',
  'in_transit',
  'bank'
] as const;

export function payoutStepName(step: string, words: Words): string {
  const known = payoutSteps.find((name) => name === step);
  return known === undefined ? step : words.t(`payout_${known}`);
}

/** Steps that only speak when they hold money: differences nobody has explained yet. */
const quiet = new Set([
  'unmapped',
  'sale_difference',
  'unexplained_settled',
  'unexplained_deposits'
]);

export function isWarning(row: PayoutStep): boolean {
  return row.step.startsWith('unexplained') && Number(row.amount) !== 0;
}

export function shownSteps(rows: readonly PayoutStep[], account: string): readonly PayoutStep[] {
  return rows
    .filter((row) => row.account === account)
    .filter((row) => !quiet.has(row.step) || Number(row.amount) !== 0)
    .sort((left, right) => left.position - right.position);
}

export interface PayoutBar {
  readonly row: PayoutStep;
  readonly from: number;
  readonly to: number;
  readonly isSum: boolean;
}

/** Every line hangs on the end of the one before; a sum stands on zero. */
export function payoutBars(rows: readonly PayoutStep[]): readonly PayoutBar[] {
  let level = 0;
  return rows.map((row) => {
    const isSum = row.kind !== 'line';
    const amount = Number(row.amount);
    const from = isSum ? 0 : level;
    level = isSum ? amount : level + amount;
    return { row, from, to: level, isSum };
  });
}

const gapKinds = [
  'missing_rate',
  'missing_cost',
  'unmapped',
  'residual',
  'beyond_lots',
  'no_contract',
  'unknown_account',
  'missing_settlement',
  'no_bank_payment',
  'bank_differs',
  'two_accounts'
] as const;
export type GapKind = (typeof gapKinds)[number];

export function gapKind(kind: string): GapKind | undefined {
  return gapKinds.find((known) => known === kind);
}

export interface GapGroup {
  readonly kind: string;
  readonly count: number;
  readonly rows: readonly Row<'profit_gaps'>[];
}

/** Gaps of one kind together, the kind with most of them last seen first in the server's order. */
export function gapGroups(rows: readonly Row<'profit_gaps'>[]): readonly GapGroup[] {
  const kinds = [...new Set(rows.map((row) => row.kind))];
  return kinds.map((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    return { kind, count: own.length, rows: own };
  });
}
