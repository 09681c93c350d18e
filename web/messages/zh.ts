import { cash } from './zh/cash.ts';
import { data } from './zh/data.ts';
import { frame } from './zh/frame.ts';
import { market } from './zh/market.ts';
import { overview } from './zh/overview.ts';
import { profit } from './zh/profit.ts';
import { reasons } from './zh/reasons.ts';
import { reconcile } from './zh/reconcile.ts';
import { selection } from './zh/selection.ts';
import { stock } from './zh/stock.ts';

/** Simplified Chinese: written for its readers, not translated word by word. */
export const zh = {
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
