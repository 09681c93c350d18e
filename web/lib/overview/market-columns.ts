import type { Snippet } from 'svelte';
import { columnMoney, columnUnit, signedColumnMoney } from '../format/money.ts';
import type { Words } from '../format/words.ts';
import type { Column } from '../ui/table.ts';
import type { MarketRow } from './markets.ts';
import { toneOf } from './tone.ts';

interface Cells {
  readonly market: Snippet<[MarketRow]>;
  readonly weeks: Snippet<[MarketRow]>;
  readonly bar: Snippet<[MarketRow]>;
}

type Figures = readonly Column<MarketRow>[];

function moneyColumns(total: MarketRow, words: Words, than: string) {
  const unit = columnUnit([total.netRevenue], words);
  const money = (amount: string | null) => columnMoney(amount, unit, words.language);
  const change = (amount: string | null) => signedColumnMoney(amount, unit, words.language);
  const head = (label: string) => words.t('head_with_unit', { label, unit: unit.label });
  const changeTone = (amount: string | null) =>
    /[1-9]/.test(change(amount)) ? toneOf(Number(amount)) : 'ink-2';
  return {
    revenue: [
      {
        key: 'net_revenue',
        align: 'right',
        label: head(words.t('col_net_revenue')),
        sort: (row) => Number(row.netRevenue),
        text: (row) => money(row.netRevenue),
        total: money(total.netRevenue)
      },
      {
        key: 'revenue_change',
        align: 'right',
        label: than,
        sort: (row) => row.revenueChange,
        text: (row) => words.signedPercent(row.revenueChange),
        tone: (row) => toneOf(row.revenueChange),
        total: words.signedPercent(total.revenueChange),
        totalTone: toneOf(total.revenueChange)
      }
    ] satisfies Figures,
    cm3: {
      key: 'cm3',
      align: 'right',
      isStrong: true,
      label: head('CM3'),
      sort: (row) => Number(row.cm3),
      text: (row) => money(row.cm3),
      total: money(total.cm3)
    } satisfies Column<MarketRow>,
    change: {
      key: 'cm3_change',
      align: 'right',
      label: head(words.t('col_change')),
      sort: (row) => (row.cm3Change === null ? null : Number(row.cm3Change)),
      text: (row) => change(row.cm3Change),
      tone: (row) => changeTone(row.cm3Change),
      total: change(total.cm3Change),
      totalTone: changeTone(total.cm3Change)
    } satisfies Column<MarketRow>
  };
}

function counted(
  key: 'orders' | 'units',
  label: string,
  { total, words }: { total: MarketRow; words: Words }
): Column<MarketRow> {
  return {
    key,
    align: 'right',
    label,
    sort: (row) => row[key],
    text: (row) => words.count(row[key]),
    total: words.count(total[key])
  };
}

type ShareName = 'cm3Share' | 'refundShare' | 'knownCostShare';

function shared(
  name: ShareName,
  label: string,
  { total, words }: { total: MarketRow; words: Words }
): Column<MarketRow> {
  const isThin = (row: MarketRow) => name === 'knownCostShare' && (row[name] ?? 1) < 0.95;
  return {
    key: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    align: 'right',
    label,
    sort: (row) => row[name],
    text: (row) => words.percent(row[name]),
    tone: (row) => (isThin(row) ? 'warn' : ''),
    total: words.percent(total[name])
  };
}

/** The columns of the market table; totals come from sums, ratios from ratios of sums. */
export function marketColumns(
  { total, than }: { total: MarketRow; than: string },
  words: Words,
  cells: Cells
): Column<MarketRow>[] {
  const money = moneyColumns(total, words, than);
  const context = { total, words };
  return [
    {
      key: 'market',
      label: words.t('col_market'),
      cell: cells.market,
      sort: (row) => words.market(row.market),
      total: words.t('all_markets')
    },
    ...money.revenue,
    { key: 'weeks', label: words.t('col_weeks'), cell: cells.weeks },
    money.cm3,
    { key: 'bar', label: words.t('col_bar'), cell: cells.bar },
    money.change,
    shared('cm3Share', 'CM3 %', context),
    counted('orders', words.t('col_orders'), context),
    counted('units', words.t('col_units'), context),
    shared('refundShare', words.t('col_refunds'), context),
    shared('knownCostShare', words.t('col_known_cost'), context)
  ];
}
