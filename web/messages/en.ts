import { cash } from './en/cash.ts';
import { data } from './en/data.ts';
import { frame } from './en/frame.ts';
import { market } from './en/market.ts';
import { overview } from './en/overview.ts';
import { profit } from './en/profit.ts';
import { reasons } from './en/reasons.ts';
import { reconcile } from './en/reconcile.ts';
import { selection } from './en/selection.ts';
import { stock } from './en/stock.ts';

/**
 * English. Sentences are whole messages with named slots; `[n:one|other]` picks a plural form.
 * A key missing in the other language is a type error.
 */
export const en = {
  ...frame,
  ...overview,
  ...market,
  ...profit,
  ...stock,
  ...selection,
  ...data,
  ...reasons,
  ...reconcile,
  ...cash
} as const;
