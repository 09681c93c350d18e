import { z } from 'zod';
import {
  based,
  channelCode,
  count,
  isoDate,
  isoMonth,
  marketCode,
  money,
  place,
  question
} from '../question.ts';

const totals = {
  currency: z.string(),
  orders: count,
  units: z.number(),
  gross_sales: money,
  refunds: money,
  net_revenue: money,
  cm1: money,
  cm2: money,
  cm3: money
};

const short = {
  currency: z.string(),
  orders: count,
  units: z.number(),
  net_revenue: money,
  cm3: money
};

/** Share of a total between 0 and 1; null where the total is zero. */
const share = z.number().nullable();

export const marketQuestions = [
  question('market_totals', 'markets', {
    title: { en: 'Totals per market', zh: '各市场合计' },
    params: z.object({ ...based, channel: channelCode.optional(), market: marketCode.optional() }),
    row: z.object({
      market: marketCode,
      ...totals,
      known_cost_share: share,
      settled_share: share,
      unmapped_amount: money,
      unconverted: count
    })
  }),
  question('market_channel_month', 'markets', {
    title: { en: 'Market, channel and month', zh: '市场、渠道与月份' },
    params: z.object({ ...based, ...place }),
    row: z.object({ market: marketCode, channel: channelCode, month: isoMonth, ...totals })
  }),
  question('market_week', 'markets', {
    title: { en: 'Weeks of each market', zh: '各市场按周' },
    params: z.object({ ...based, ...place }),
    row: z.object({ market: marketCode, week: isoDate, ...short })
  }),
  question('market_day', 'markets', {
    title: { en: 'Days of each market', zh: '各市场按日' },
    params: z.object({ ...based, ...place }),
    row: z.object({ market: marketCode, day: isoDate, ...short })
  }),
  question('channel_totals', 'markets', {
    title: { en: 'Totals per market and channel', zh: '各市场与渠道合计' },
    params: z.object({ ...based, ...place }),
    row: z.object({
      market: marketCode,
      channel: channelCode,
      ...totals,
      landed_cost: money,
      selling_and_payment: money,
      fulfilment_and_delivery: money,
      storage_and_handling: money,
      advertising_and_promotion: money,
      settled_share: share
    })
  }),
  question('what_moved', 'markets', {
    title: { en: 'What moved contribution profit most', zh: '贡献利润变动最大的因素' },
    params: z.object({
      ...based,
      compare_from: isoDate.optional(),
      compare_to: isoDate.optional(),
      market: marketCode.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(8)
    }),
    row: z.object({
      market: marketCode,
      step: z.string(),
      currency: z.string(),
      amount: money,
      amount_before: money,
      change: money
    })
  }),
  question('market_bridge', 'markets', {
    title: { en: 'Why contribution profit moved', zh: '贡献利润变动原因' },
    params: z.object({
      ...based,
      ...place,
      compare_from: isoDate.optional(),
      compare_to: isoDate.optional()
    }),
    row: z.object({ position: count, effect: z.string(), currency: z.string(), amount: money })
  })
];
