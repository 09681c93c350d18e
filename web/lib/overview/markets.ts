import type { Row } from '../api/questions.ts';
import { addDecimals, compareDecimals, ratio, subtract } from '../format/decimal.ts';
import { companyLast, isMarket } from '../format/places.ts';

type Totals = Row<'market_totals'>;

/** Additive measures of one market or of all, with the same measures of the comparison. */
export interface MarketFigures {
  readonly market: string;
  readonly orders: number;
  readonly units: number;
  readonly grossSales: string;
  readonly refunds: string;
  readonly netRevenue: string;
  readonly cm3: string;
  readonly cm3Share: number | null;
  readonly refundShare: number | null;
  readonly knownCostShare: number | null;
  readonly settledShare: number | null;
  readonly unmapped: string;
}

export interface MarketRow extends MarketFigures {
  readonly before: MarketFigures | undefined;
  readonly cm3Change: string | null;
  readonly revenueChange: number | null;
}

export interface Overview {
  readonly rows: readonly MarketRow[];
  readonly total: MarketRow;
}

/** Ratios of a sum come from the sums; shares are weighted by the revenue they speak of. */
function weighted(rows: readonly Totals[], column: 'known_cost_share' | 'settled_share') {
  const known = rows.filter((row) => row[column] !== null && Number(row.net_revenue) > 0);
  const base = known.reduce((sum, row) => sum + Number(row.net_revenue), 0);
  if (base === 0) return null;
  return known.reduce((sum, row) => sum + (row[column] ?? 0) * Number(row.net_revenue), 0) / base;
}

function figures(market: string, rows: readonly Totals[]): MarketFigures {
  const netRevenue = addDecimals(rows.map((row) => row.net_revenue));
  const grossSales = addDecimals(rows.map((row) => row.gross_sales));
  const refunds = addDecimals(rows.map((row) => row.refunds));
  const cm3 = addDecimals(rows.map((row) => row.cm3));
  const refundRatio = ratio(refunds, grossSales);
  return {
    market,
    orders: rows.reduce((sum, row) => sum + row.orders, 0),
    units: rows.reduce((sum, row) => sum + row.units, 0),
    grossSales,
    refunds,
    netRevenue,
    cm3,
    cm3Share: ratio(cm3, netRevenue),
    refundShare: refundRatio === null ? null : Math.abs(refundRatio),
    knownCostShare: weighted(rows, 'known_cost_share'),
    settledShare: weighted(rows, 'settled_share'),
    unmapped: addDecimals(rows.map((row) => row.unmapped_amount))
  };
}

/** Growth against a base that is not positive says nothing, so it is left out. */
export function growth(now: string, before: string | undefined): number | null {
  if (before === undefined || !(Number(before) > 0)) return null;
  return ratio(subtract(now, before), before);
}

function compared(now: MarketFigures, before: MarketFigures | undefined): MarketRow {
  return {
    ...now,
    before,
    cm3Change: before === undefined ? null : subtract(now.cm3, before.cm3),
    revenueChange: growth(now.netRevenue, before?.netRevenue)
  };
}

/** One row a market, largest CM3 first, costs of the whole business last, and the total. Without a comparison the changes are null. */
export function overview(now: readonly Totals[], before: readonly Totals[] | undefined): Overview {
  const past = new Map((before ?? []).map((row) => [row.market, figures(row.market, [row])]));
  const none = (market: string) => figures(market, []);
  const rows = now
    .map((row) => {
      const then = before === undefined ? undefined : (past.get(row.market) ?? none(row.market));
      return compared(figures(row.market, [row]), then);
    })
    .sort((left, right) => compareDecimals(right.cm3, left.cm3));
  const totalBefore = before === undefined ? undefined : figures('', before);
  return {
    rows: companyLast(rows, (row) => isMarket(row.market)),
    total: compared(figures('', now), totalBefore)
  };
}

/** Difference of two shares, in shares; nothing when either is not applicable. */
export function shareDifference(now: number | null, before: number | null | undefined) {
  return now === null || before === null || before === undefined ? null : now - before;
}

/** The axis shared by all bars of the CM3 column, zero always inside. */
export function cm3Axis(rows: readonly MarketRow[]): { least: number; most: number } {
  const values = rows.flatMap((row) => [Number(row.cm3), Number(row.before?.cm3 ?? 0)]);
  return { least: Math.min(0, ...values), most: Math.max(0, ...values) };
}
