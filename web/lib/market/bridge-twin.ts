import type { Twin } from '../charts/twin.ts';
import { columnMoney, columnUnit, signedColumnMoney } from '../format/money.ts';
import type { Words } from '../format/words.ts';
import { bridgeBars, type CmBridge } from './bridge.ts';

export function bridgeTwin(bridge: CmBridge, words: Words): Twin {
  const bars = bridgeBars(bridge);
  const unit = columnUnit(
    bars.map((bar) => bar.amount),
    words
  );
  return {
    caption: words.t('bridge_title'),
    heads: [words.t('col_step'), unit.label],
    rows: bars.map((bar) => [
      words.t(`effect_${bar.key}`),
      bar.isTotal
        ? columnMoney(bar.amount, unit, words.language)
        : signedColumnMoney(bar.amount, unit, words.language)
    ])
  };
}
