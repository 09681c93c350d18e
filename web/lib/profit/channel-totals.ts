import type { Row } from '../api/questions.ts';
import { addDecimals, compareDecimals, ratio } from '../format/decimal.ts';
import { companyLast, isChannel } from '../format/places.ts';

export type ChannelProfit = Row<'channel_profit'>;

type Sum = Exclude<
  keyof ChannelProfit,
  | 'channel'
  | 'currency'
  | 'orders'
  | 'units'
  | 'take_rate'
  | 'take_rate_with_ads'
  | 'known_cost_share'
  | 'settled_share'
>;

type Sums = Readonly<Record<Sum, string>>;

function addedUp(rows: readonly ChannelProfit[]): Sums {
  const sum = (column: Sum) => addDecimals(rows.map((row) => row[column]));
  return {
    gross_sales: sum('gross_sales'),
    shipping_income: sum('shipping_income'),
    discounts: sum('discounts'),
    refunds: sum('refunds'),
    net_revenue: sum('net_revenue'),
    landed_cost: sum('landed_cost'),
    cm1: sum('cm1'),
    selling_fees: sum('selling_fees'),
    payment_fees: sum('payment_fees'),
    fulfilment: sum('fulfilment'),
    last_mile: sum('last_mile'),
    storage: sum('storage'),
    return_handling: sum('return_handling'),
    store_handling: sum('store_handling'),
    cm2: sum('cm2'),
    advertising: sum('advertising'),
    promotions: sum('promotions'),
    cm3: sum('cm3'),
    overhead: sum('overhead'),
    fx_result: sum('fx_result'),
    net_profit: sum('net_profit'),
    unmapped_amount: sum('unmapped_amount')
  };
}

/** A share of a sum is the weighted mean of the shares, weighed by what they are shares of. */
function weighted(
  rows: readonly ChannelProfit[],
  share: 'known_cost_share' | 'settled_share',
  base: 'gross_sales' | 'net_revenue'
): number | null {
  const known = rows.filter((row) => row[share] !== null && Number(row[base]) > 0);
  const whole = known.reduce((sum, row) => sum + Number(row[base]), 0);
  if (whole === 0) return null;
  return known.reduce((sum, row) => sum + (row[share] ?? 0) * Number(row[base]), 0) / whole;
}

const kept = ['selling_fees', 'payment_fees', 'fulfilment', 'storage'] as const;

function rate(all: Sums, steps: readonly Sum[]): number | null {
  const share = ratio(
    addDecimals(steps.map((step) => all[step])),
    addDecimals([all.gross_sales, all.shipping_income])
  );
  return share === null ? null : -share;
}

/** The sum of several channels as one row; its ratios come from its sums. */
export function channelSum(rows: readonly ChannelProfit[]): ChannelProfit {
  const all = addedUp(rows);
  return {
    ...all,
    channel: '',
    currency: rows[0]?.currency ?? '',
    orders: rows.reduce((total, row) => total + row.orders, 0),
    units: rows.reduce((total, row) => total + row.units, 0),
    take_rate: rate(all, kept),
    take_rate_with_ads: rate(all, [...kept, 'advertising']),
    known_cost_share: weighted(rows, 'known_cost_share', 'gross_sales'),
    settled_share: weighted(rows, 'settled_share', 'net_revenue')
  };
}

/** Channels by CM3, costs of the whole business last. */
export function channelOrder(rows: readonly ChannelProfit[]): readonly ChannelProfit[] {
  const ordered = [...rows].sort((left, right) => compareDecimals(right.cm3, left.cm3));
  return companyLast(ordered, (row) => isChannel(row.channel));
}

/** Shares and counts that the table explains beside the steps of the ledger. */
export const figureNames = [
  'cm3_share',
  'take_rate',
  'take_rate_with_ads',
  'known_cost_share',
  'settled_share'
] as const;
export type FigureName = (typeof figureNames)[number];

export function shareOf(row: ChannelProfit, name: FigureName): number | null {
  return name === 'cm3_share' ? ratio(row.cm3, row.net_revenue) : row[name];
}
