import { z } from 'zod';
import { channelCode, count, isoDate, marketCode, page, question } from '../question.ts';

const instant = z.string();
const nothing = z.object({});

export const qualityQuestions = [
  question('data_span', 'quality', {
    title: { en: 'What the data covers', zh: '数据覆盖范围' },
    params: nothing,
    row: z.object({
      first_date: isoDate.nullable(),
      last_date: isoDate.nullable(),
      as_of: isoDate.nullable(),
      reporting_currency: z.string().nullable(),
      seller: z.string().nullable(),
      markets: count,
      channels: count,
      accounts: count
    })
  }),
  question('channels', 'quality', {
    title: { en: 'Channels with data', zh: '有数据的渠道' },
    params: nothing,
    row: z.object({ market: marketCode, channel: channelCode })
  }),
  question('load_files', 'quality', {
    title: { en: 'Files loaded', zh: '已载入文件' },
    params: nothing,
    row: z.object({
      file: z.string(),
      format: z.string(),
      account: z.string(),
      status: z.string(),
      rows_read: count,
      rows_loaded: count,
      rows_rejected: count,
      rows_updated: count,
      rows_unchanged: count,
      rows_skipped: count,
      loaded_at: instant,
      first_date: isoDate.nullable(),
      last_date: isoDate.nullable()
    })
  }),
  question('load_reasons', 'quality', {
    title: { en: 'Why rows were not loaded', zh: '未载入行的原因' },
    params: nothing,
    row: z.object({
      code: z.string(),
      file: z.string(),
      account: z.string(),
      count,
      first_record: count.nullable()
    })
  }),
  question('rejected_rows', 'quality', {
    title: { en: 'Rejected rows', zh: '被拒绝的行' },
    params: z.object({
      code: z.string().max(60).optional(),
      file: z.string().max(400).optional(),
      ...page(200)
    }),
    row: z.object({
      file: z.string(),
      account: z.string(),
      record: count,
      code: z.string(),
      raw: z.string()
    })
  }),
  question('data_feeds', 'quality', {
    title: { en: 'Feeds and their age', zh: '数据源与时效' },
    params: nothing,
    row: z.object({
      account: z.string(),
      format: z.string(),
      files: count,
      rows_read: count,
      rows_rejected: count,
      covers_through: isoDate.nullable(),
      loaded_at: instant,
      days_behind: count.nullable(),
      usual_gap_days: z.number().nullable(),
      state: z.enum(['fresh', 'late', 'stopped'])
    })
  }),
  question('data_checks', 'quality', {
    title: { en: 'Checks', zh: '检查' },
    params: nothing,
    row: z.object({
      check: z.string(),
      status: z.enum(['ok', 'failed']),
      offending: count,
      detail: z.string().nullable()
    })
  })
];
