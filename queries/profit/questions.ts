import { z } from 'zod';
import {
  based,
  channelCode,
  isoDate,
  marketCode,
  money,
  page,
  place,
  question,
  sku
} from '../question.ts';

export const profitQuestions = [
  question('ledger_steps', 'profit', {
    title: { en: 'Profit steps', zh: '利润步骤' },
    params: z.object({ ...based, ...place, sku: sku.optional() }),
    row: z.object({ step: z.string(), currency: z.string(), amount: money })
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
      order_date: isoDate,
      posted_date: isoDate.nullable(),
      market: marketCode,
      channel: channelCode,
      account: z.string(),
      order_id: z.string().nullable(),
      sku: z.string().nullable(),
      step: z.string(),
      amount: money,
      currency: z.string(),
      certainty: z.string(),
      file: z.string(),
      record: z.number().int()
    })
  })
];
