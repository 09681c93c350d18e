import type { Row } from '../api/questions.ts';
import type { Lines } from '../charts/lines-option.ts';
import type { Twin } from '../charts/twin.ts';
import { monthName } from '../format/dates.ts';
import { absolute, compareDecimals, toPlot } from '../format/decimal.ts';
import { columnMoney, columnUnit, type ColumnUnit } from '../format/money.ts';
import type { Words } from '../format/words.ts';

type Week = Row<'cash_weeks'>;

export function cashUnit(weeks: readonly Week[], words: Words): ColumnUnit {
  return columnUnit(
    weeks.flatMap((week) => [week.balance_low, week.balance_high]),
    words
  );
}

/** Cash against today, week by week, with the band the last weeks would allow. */
export function cashLines(weeks: readonly Week[], words: Words): Lines {
  const unit = cashUnit(weeks, words);
  const last = weeks.at(-1);
  return {
    labels: weeks.map((week, index) =>
      index === 0 || week.week.slice(0, 7) !== weeks[index - 1]?.week.slice(0, 7)
        ? monthName(week.week, words.language)
        : ''
    ),
    titles: weeks.map((week) => words.t('cash_week', { day: words.day(week.week) })),
    lines: [
      {
        name: words.t('cash_line'),
        colour: '--c-1',
        values: weeks.map((week) => toPlot(week.balance))
      }
    ],
    band: {
      name: words.t('cash_band'),
      low: weeks.map((week) => toPlot(week.balance_low)),
      high: weeks.map((week) => toPlot(week.balance_high))
    },
    description: words.t('cash_label', {
      balance: words.money(last?.balance ?? '0'),
      low: words.money(last?.balance_low ?? '0'),
      high: words.money(last?.balance_high ?? '0')
    }),
    write: (value) => words.money(value.toFixed(4)),
    tick: (value) =>
      columnMoney(value.toFixed(4), unit, words.language)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')
  };
}

export function cashTwin(weeks: readonly Week[], words: Words): Twin {
  const unit = cashUnit(weeks, words);
  const write = (amount: string) => columnMoney(amount, unit, words.language);
  return {
    caption: words.t('cash_twin', { unit: unit.label }),
    heads: [
      words.t('col_week'),
      words.t('cash_inflow'),
      words.t('cash_outflow'),
      words.t('cash_net'),
      words.t('cash_line'),
      words.t('cash_low'),
      words.t('cash_high')
    ],
    rows: weeks.map((week) => [
      words.day(week.week),
      write(week.inflow),
      write(week.outflow),
      write(week.net),
      write(week.balance),
      write(week.balance_low),
      write(week.balance_high)
    ])
  };
}

/** The opening sentence: cash in thirteen weeks against today, and when it may fall short. */
export function cashSentence(weeks: readonly Week[], words: Words): string {
  const last = weeks.at(-1);
  if (!last) return words.t('cash_none');
  const slots = {
    change: words.money(absolute(last.balance)),
    low: words.money(last.balance_low),
    high: words.money(last.balance_high)
  };
  return words.t(toPlot(last.balance) < 0 ? 'cash_falls' : 'cash_rises', slots);
}

/** The week in which the low edge of the band lies deepest below today, if it does. */
export function cashDetail(weeks: readonly Week[], words: Words): string {
  const deepest = [...weeks].sort((left, right) =>
    compareDecimals(left.balance_low, right.balance_low)
  )[0];
  if (!deepest || toPlot(deepest.balance_low) >= 0) return words.t('cash_never_below');
  return words.t('cash_deepest', {
    day: words.day(deepest.week),
    low: words.money(absolute(deepest.balance_low))
  });
}

type Lag = Row<'payout_lag'>;

/** The title of the lag table: the account that waits longest, to the bank or to the deposit. */
export function lagFinding(rows: readonly Lag[], words: Words): string {
  const days = (row: Lag) =>
    row.order_to_bank_days ?? (row.order_to_posted_days ?? 0) + (row.posted_to_deposit_days ?? 0);
  const longest = [...rows].sort((left, right) => days(right) - days(left))[0];
  if (!longest || days(longest) === 0) return words.t('lag_title');
  return words.t(longest.order_to_bank_days === null ? 'lag_deposit' : 'lag_bank', {
    account: longest.account,
    days: Math.round(days(longest))
  });
}

type Conversion = Row<'cash_conversion'>;

export function conversionFinding(rows: readonly Conversion[], words: Words): string {
  const known = rows.filter((row) => row.cash_cycle_days !== null);
  const longest = [...known].sort(
    (left, right) => (right.cash_cycle_days ?? 0) - (left.cash_cycle_days ?? 0)
  )[0];
  if (!longest) return words.t('cycle_title');
  return words.t('cycle_finding', {
    market: words.market(longest.market),
    days: Math.round(longest.cash_cycle_days ?? 0)
  });
}
