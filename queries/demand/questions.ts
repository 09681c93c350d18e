import { z } from 'zod';
import {
  based,
  channelCode,
  isoDate,
  marketCode,
  money,
  period,
  place,
  question,
  sku
} from '../question.ts';

export const demandQuestions = [
  question('top_products', 'demand', {
    title: { en: 'Top products', zh: '畅销商品' },
    params: z.object({
      ...based,
      ...place,
      limit: z.coerce.number().int().min(1).max(2000).default(20)
    }),
    row: z.object({
      sku: sku,
      name: z.string().nullable(),
      category: z.string().nullable(),
      currency: z.string(),
      units: z.number(),
      gross_sales: money,
      refunds: money,
      net_revenue: money,
      cm3: money
    })
  }),
  question('product_daily', 'demand', {
    title: { en: 'Days of one product', zh: '单品按日' },
    params: z.object({ ...period, sku, market: marketCode.optional() }),
    row: z.object({
      day: isoDate,
      market: marketCode,
      channel: channelCode,
      units: z.number(),
      net_revenue: money,
      cm3: money,
      currency: z.string()
    })
  }),
  question('products', 'demand', {
    title: { en: 'Products', zh: '商品' },
    params: z.object({}),
    row: z.object({
      sku: sku,
      name: z.string().nullable(),
      category: z.string().nullable(),
      brand: z.string().nullable()
    })
  })
];
