import type { Row } from '../api/questions.ts';
import { addDecimals, compareDecimals, negate, ratio, toPlot } from '../format/decimal.ts';
import type { Words } from '../format/words.ts';

export interface ChannelRow {
  readonly channel: string;
  readonly netRevenue: string;
  readonly cm3: string;
  readonly cm3Share: number | null;
  readonly settledShare: number | null;
  readonly units: number;
  /** Cost of each group as a share of the channel's net revenue; a cost counts positive here. */
  readonly costs: Readonly<Record<CostGroup, number | null>>;
}

export const costGroups = [
  'landed_cost',
  'selling_and_payment',
  'fulfilment_and_delivery',
  'storage_and_handling',
  'advertising_and_promotion'
] as const;
export type CostGroup = (typeof costGroups)[number];

type Totals = Row<'channel_totals'>;

function row(channel: string, rows: readonly Totals[]): ChannelRow {
  const sum = (column: 'net_revenue' | 'cm3' | CostGroup) =>
    addDecimals(rows.map((one) => one[column]));
  const revenue = sum('net_revenue');
  const cost = (group: CostGroup) => ratio(negate(sum(group)), revenue);
  const settled = rows.filter((one) => one.settled_share !== null && Number(one.net_revenue) > 0);
  const base = settled.reduce((total, one) => total + Number(one.net_revenue), 0);
  return {
    channel,
    netRevenue: revenue,
    cm3: sum('cm3'),
    cm3Share: ratio(sum('cm3'), revenue),
    settledShare:
      base === 0
        ? null
        : settled.reduce(
            (total, one) => total + (one.settled_share ?? 0) * Number(one.net_revenue),
            0
          ) / base,
    units: rows.reduce((total, one) => total + one.units, 0),
    costs: {
      landed_cost: cost('landed_cost'),
      selling_and_payment: cost('selling_and_payment'),
      fulfilment_and_delivery: cost('fulfilment_and_delivery'),
      storage_and_handling: cost('storage_and_handling'),
      advertising_and_promotion: cost('advertising_and_promotion')
    }
  };
}

export function channelRows(rows: readonly Totals[]): readonly ChannelRow[] {
  const names = [...new Set(rows.map((one) => one.channel))];
  return names
    .map((name) =>
      row(
        name,
        rows.filter((one) => one.channel === name)
      )
    )
    .sort((left, right) => compareDecimals(right.cm3, left.cm3));
}

export function channelTotal(rows: readonly Totals[]): ChannelRow {
  return row('', rows);
}

/** Heat step 1-7 of a cost share within its own column. */
export function heatStep(share: number | null, all: readonly (number | null)[]): number {
  if (share === null) return 0;
  const known = all.filter((one) => one !== null);
  const least = Math.min(...known);
  const most = Math.max(...known);
  return most === least ? 3 : 1 + Math.round(((share - least) / (most - least)) * 6);
}

/** The title of the channel table: who loses, else who keeps most of each hundred. */
export function channelFinding(rows: readonly ChannelRow[], words: Words): string {
  const sold = rows.filter((one) => toPlot(one.netRevenue) > 0);
  const loser = sold.filter((one) => toPlot(one.cm3) < 0).at(-1);
  const keeper = [...sold].sort((left, right) => (right.cm3Share ?? 0) - (left.cm3Share ?? 0))[0];
  if (!keeper || sold.length < 2) return words.t('channels_title');
  const best = words.channel(keeper.channel);
  if (loser) return words.t('channels_loses', { loser: words.channel(loser.channel), best });
  return words.t('channels_keeps', { best, share: words.percent(keeper.cm3Share) });
}
