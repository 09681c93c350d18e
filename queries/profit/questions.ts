import { z } from 'zod';
import {
  based,
  channelCode,
  count,
  isoDate,
  marketCode,
  money,
  page,
  place,
  question,
  sku
} from '../question.ts';

/** How what has no SKU is shared: each step by its own driver, all by one, or not at all. */
const driver = z.enum(['by_step', 'revenue', 'units', 'volume', 'none']).default('by_step');
const share = z.number().nullable();
const currency = z.string();

export const profitQuestions = [
  question('ledger_steps', 'profit', {
    title: { en: 'Profit steps', zh: '利润步骤' },
    params: z.object({ ...based, ...place, sku: sku.optional() }),
    row: z.object({ step: z.string(), currency, amount: money })
  }),
  question('ledger_lines', 'profit', {
    title: { en: 'Lines behind a figure', zh: '数字背后的明细行' },
    params: z.object({
      ...based,
      ...place,
      step: z.string().max(40).optional(),
      sku: sku.optional(),
      ...page(200)
    }),
    row: z.object({
      order_date: isoDate.nullable(),
      posted_date: isoDate.nullable(),
      market: marketCode,
      channel: channelCode,
      account: z.string(),
      order_id: z.string().nullable(),
      sku: z.string().nullable(),
      step: z.string(),
      amount: money,
      currency,
      quantity: z.number().nullable(),
      certainty: z.string(),
      file: z.string(),
      sha256: z.string(),
      record: count
    })
  }),
  question('channel_profit', 'profit', {
    title: { en: 'Profit of each channel', zh: '各渠道利润' },
    params: z.object({ ...based, market: marketCode.optional() }),
    row: z.object({
      channel: channelCode,
      currency,
      orders: count,
      units: z.number(),
      gross_sales: money,
      shipping_income: money,
      discounts: money,
      refunds: money,
      net_revenue: money,
      landed_cost: money,
      cm1: money,
      selling_fees: money,
      payment_fees: money,
      fulfilment: money,
      last_mile: money,
      storage: money,
      return_handling: money,
      store_handling: money,
      cm2: money,
      advertising: money,
      promotions: money,
      cm3: money,
      overhead: money,
      fx_result: money,
      net_profit: money,
      unmapped_amount: money,
      take_rate: share,
      take_rate_with_ads: share,
      known_cost_share: share,
      settled_share: share
    })
  }),
  question('sku_profit', 'profit', {
    title: { en: 'Profit of each product and channel', zh: '各产品与渠道利润' },
    params: z.object({ ...based, ...place, driver, ...page(500) }),
    row: z.object({
      sku: z.string().nullable(),
      name: z.string().nullable(),
      channel: channelCode,
      currency,
      units: z.number(),
      net_revenue: money,
      cm1: money,
      cm2: money,
      cm3_direct: money,
      allocated: money,
      cm3: money,
      rank: count.nullable(),
      rank_direct: count.nullable()
    })
  }),
  question('allocation_drivers', 'profit', {
    title: { en: 'What is shared by which driver', zh: '各项费用的分摊口径' },
    params: z.object({ ...based, ...place, driver }),
    row: z.object({
      driver: z.string(),
      step: z.string(),
      currency,
      amount: money,
      shared: money,
      residual: money
    })
  }),
  question('allocation_ranks', 'profit', {
    title: { en: 'Ranks under each driver', zh: '不同分摊口径下的排名' },
    params: z.object({
      ...based,
      ...place,
      limit: z.coerce.number().int().min(1).max(2000).default(100)
    }),
    row: z.object({
      sku: z.string(),
      name: z.string().nullable(),
      currency,
      cm3_by_step: money,
      cm3_revenue: money,
      cm3_units: money,
      cm3_volume: money,
      rank_by_step: count,
      rank_revenue: count,
      rank_units: count,
      rank_volume: count,
      rank_spread: count
    })
  })
];
