import type { Twin } from '../charts/twin.ts';
import { subtract } from '../format/decimal.ts';
import { columnMoney, columnUnit, signedColumnMoney } from '../format/money.ts';
import type { Words } from '../format/words.ts';
import type { WaterfallRow } from './ledger.ts';
import { stepName } from './steps.ts';

/** The waterfall's figures with those of the period compared with. */
export function waterfallTwin(rows: readonly WaterfallRow[], words: Words): Twin {
  const unit = columnUnit(
    rows.map((row) => row.amount),
    words
  );
  const write = (amount: string | null) => columnMoney(amount, unit, words.language);
  const change = (row: WaterfallRow) =>
    row.amountBefore === null ? null : subtract(row.amount, row.amountBefore);
  return {
    caption: words.t('waterfall_caption'),
    heads: [
      words.t('col_step'),
      unit.label,
      words.t('col_of_revenue'),
      words.t('effect_before'),
      words.t('col_change')
    ],
    rows: rows.map((row) => [
      stepName(row.name, words),
      write(row.amount),
      words.percent(row.share),
      write(row.amountBefore),
      signedColumnMoney(change(row), unit, words.language)
    ])
  };
}
