import type { Row } from '../api/questions.ts';
import { channelColour } from '../charts/series-colours.ts';
import type { Lines } from '../charts/lines-option.ts';
import type { Twin } from '../charts/twin.ts';
import { monthName } from '../format/dates.ts';
import { isChannel } from '../format/places.ts';
import type { Words } from '../format/words.ts';

type Month = Row<'take_rate_month'>;
export type TakeRate = 'take_rate' | 'take_rate_with_ads';

interface Table {
  readonly months: readonly string[];
  readonly channels: readonly string[];
  valueOf(channel: string, month: string): number | null;
}

function tableOf(rows: readonly Month[], name: TakeRate): Table {
  const found = new Map(rows.map((row) => [`${row.channel} ${row.month.slice(0, 7)}`, row[name]]));
  const taking = rows.filter((row) => isChannel(row.channel) && (row.take_rate_with_ads ?? 0) > 0);
  return {
    months: [...new Set(rows.map((row) => row.month.slice(0, 7)))].sort(),
    channels: [...new Set(taking.map((row) => row.channel))],
    valueOf: (channel, month) => found.get(`${channel} ${month}`) ?? null
  };
}

function monthText(month: string, words: Words): string {
  return words.t('month_of', {
    month: monthName(`${month}-01`, words.language),
    year: month.slice(0, 4)
  });
}

/** The share that platforms keep, a line a channel; channels that keep nothing are left out. */
export function takeRateLines(
  rows: readonly Month[],
  name: TakeRate,
  words: Words
): Lines | undefined {
  const table = tableOf(rows, name);
  if (table.channels.length === 0) return undefined;
  const last = table.months.at(-1) ?? '';
  return {
    labels: table.months.map((month) => monthName(`${month}-01`, words.language)),
    titles: table.months.map((month) => monthText(month, words)),
    lines: table.channels.map((channel) => ({
      name: words.channel(channel),
      colour: channelColour(channel),
      values: table.months.map((month) => table.valueOf(channel, month))
    })),
    description: words.t('take_label', {
      channels: table.channels
        .map(
          (channel) => `${words.channel(channel)} ${words.percent(table.valueOf(channel, last))}`
        )
        .join(', ')
    }),
    write: (value) => words.percent(value),
    tick: (value) => words.percent(value).replace(/\.0%$/, '%')
  };
}

export function takeRateTwin(rows: readonly Month[], name: TakeRate, words: Words): Twin {
  const table = tableOf(rows, name);
  return {
    caption: words.t(name === 'take_rate' ? 'figure_take_rate' : 'figure_take_rate_with_ads'),
    heads: [words.t('col_month'), ...table.channels.map((channel) => words.channel(channel))],
    rows: table.months.map((month) => [
      monthText(month, words),
      ...table.channels.map((channel) => words.percent(table.valueOf(channel, month)))
    ])
  };
}

/** The title: the channel whose share moved most between the first and the last month. */
export function takeRateFinding(rows: readonly Month[], name: TakeRate, words: Words): string {
  const table = tableOf(rows, name);
  const moves = table.channels.flatMap((channel) => {
    const known = table.months.flatMap((month) => table.valueOf(channel, month) ?? []);
    const first = known[0];
    const last = known.at(-1);
    return first === undefined || last === undefined || known.length < 2
      ? []
      : [{ channel, first, last, size: Math.abs(last - first) }];
  });
  const most = moves.sort((left, right) => right.size - left.size)[0];
  if (!most || most.size < 0.005) return words.t('take_title');
  return words.t(most.last > most.first ? 'take_rose' : 'take_fell', {
    channel: words.channel(most.channel),
    first: words.percent(most.first),
    last: words.percent(most.last)
  });
}
