import { columnMoney, columnUnit } from '../format/money.ts';
import type { Words } from '../format/words.ts';
import { isChannel } from '../format/places.ts';
import type { Column } from '../ui/table.ts';
import { shareOf, type ChannelProfit, type FigureName } from './channel-totals.ts';

type Explain = (name: string, channel?: string) => void;
interface Context {
  readonly total: ChannelProfit;
  readonly explain: Explain;
}

const moneyNames = ['net_revenue', 'cm1', 'cm2', 'cm3', 'net_profit'] as const;
type MoneyName = (typeof moneyNames)[number];

function moneyColumns({ total, explain }: Context, words: Words) {
  const unit = columnUnit([total.net_revenue], words);
  const write = (amount: string) => columnMoney(amount, unit, words.language);
  const isLoss = (row: ChannelProfit, name: MoneyName) =>
    name !== 'net_revenue' && isChannel(row.channel) && Number(row[name]) < 0;
  return moneyNames.map((name): Column<ChannelProfit> => ({
    key: `ladder_${name}`,
    align: 'right',
    isStrong: name === 'cm3',
    label: words.t('head_with_unit', { label: words.t(`step_${name}`), unit: unit.label }),
    sort: (row) => Number(row[name]),
    text: (row) => write(row[name]),
    tone: (row) => (isLoss(row, name) ? 'adv' : ''),
    press: (row) => () => explain(name, row.channel),
    total: write(total[name]),
    pressTotal: () => explain(name)
  }));
}

/** Where a share is thin the figure says so: little settled, or costs unknown. */
const thin: Partial<Record<FigureName, number>> = { known_cost_share: 0.95, settled_share: 0.85 };

function shareColumn(
  name: FigureName,
  { total, explain }: Context,
  words: Words
): Column<ChannelProfit> {
  const least = thin[name];
  const isThin = (row: ChannelProfit) => least !== undefined && (shareOf(row, name) ?? 1) < least;
  return {
    key: `ladder_${name}`,
    align: 'right',
    label: words.t(`col_${name}`),
    sort: (row) => shareOf(row, name),
    text: (row) => words.percent(shareOf(row, name)),
    tone: (row) => (isThin(row) ? 'warn' : ''),
    press: (row) => (shareOf(row, name) === null ? undefined : () => explain(name, row.channel)),
    total: words.percent(shareOf(total, name)),
    pressTotal: () => explain(name)
  };
}

function unmappedColumn({ total, explain }: Context, words: Words): Column<ChannelProfit> {
  const unit = columnUnit([total.unmapped_amount], words);
  const write = (amount: string) => columnMoney(amount, unit, words.language);
  return {
    key: 'ladder_unmapped',
    align: 'right',
    label: words.t('head_with_unit', { label: words.t('step_unmapped'), unit: unit.label }),
    sort: (row) => Number(row.unmapped_amount),
    text: (row) => write(row.unmapped_amount),
    tone: (row) => (Number(row.unmapped_amount) === 0 ? 'ink-3' : 'warn'),
    press: (row) =>
      Number(row.unmapped_amount) === 0 ? undefined : () => explain('unmapped', row.channel),
    total: write(total.unmapped_amount)
  };
}

/** The ladder of each channel in columns; each figure opens its explanation. */
export function channelColumns(context: Context, words: Words): Column<ChannelProfit>[] {
  const money = moneyColumns(context, words);
  return [
    {
      key: 'ladder_channel',
      label: words.t('filter_channel'),
      text: (row) => words.channel(row.channel),
      sort: (row) => words.channel(row.channel),
      total: words.t('all_channels')
    },
    ...money.slice(0, 4),
    shareColumn('cm3_share', context, words),
    ...money.slice(4),
    shareColumn('take_rate', context, words),
    shareColumn('take_rate_with_ads', context, words),
    shareColumn('known_cost_share', context, words),
    shareColumn('settled_share', context, words),
    unmappedColumn(context, words)
  ];
}
