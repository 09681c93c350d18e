import { z } from 'zod';
import { isoDate, money, question, sku } from '../question.ts';

export const stockQuestions = [
  question('stockout_alerts', 'stock', {
    title: { en: 'What runs out', zh: '断货预警' },
    params: z.object({ as_of: isoDate.optional() }),
    row: z.object({
      alert_type: z.string(),
      severity: z.enum(['critical', 'high', 'medium']),
      sku: sku,
      location: z.string(),
      p_stockout: z.number(),
      stockout_date_p50: isoDate.nullable(),
      next_arrival_p50: isoDate.nullable(),
      lost_units: z.number(),
      lost_margin: money,
      currency: z.string(),
      name: z.string().nullable(),
      on_hand: z.number(),
      daily_demand: z.number(),
      cover_days: z.number().nullable(),
      lead_time_days: z.number(),
      counted_at: z.string(),
      as_of: isoDate
    })
  }),
  question('replenishment_plan', 'stock', {
    title: { en: 'Replenishment plan', zh: '补货计划' },
    params: z.object({ as_of: isoDate.optional() }),
    row: z.object({
      priority: z.number().int(),
      sku: sku,
      from_location: z.string(),
      to_location: z.string(),
      mode: z.string(),
      quantity: z.number().int(),
      cartons: z.number().int().nullable(),
      cost: money.nullable(),
      currency: z.string(),
      order_by: isoDate.nullable(),
      reason: z.string(),
      name: z.string().nullable()
    })
  })
];
