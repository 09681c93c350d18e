import { z } from 'zod';
import { isoDate, marketCode, money, question, sku } from '../question.ts';

export const selectionQuestions = [
  question('product_selection', 'selection', {
    title: { en: 'Opportunity scores', zh: '选品评分' },
    params: z.object({ as_of: isoDate.optional(), market: marketCode.optional() }),
    row: z.object({
      market: marketCode,
      sku: sku,
      score_pct: z.number(),
      cm3_p10: money,
      cm3_p50: money,
      cm3_p90: money,
      p_loss: z.number(),
      evidence_cover: z.number(),
      gate: z.string(),
      currency: z.string(),
      name: z.string().nullable(),
      category: z.string().nullable(),
      last_quarter_cm3: money,
      as_of: isoDate
    })
  })
];
