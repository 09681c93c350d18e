import { z } from 'zod';
import {
  based,
  channelCode,
  count,
  isoDate,
  isoMonth,
  marketCode,
  money,
  page,
  period,
  place,
  question
} from '../question.ts';

const currency = z.string();
const share = z.number().nullable();
const days = z.number().nullable();
const account = z.string().min(1).max(64).optional();
const store = z.string().min(1).max(200).optional();
const percent = z.coerce.number().min(-100).max(1000).default(0);

/** From the sale to the bank: reconciliation, exchange rates, lags, and what stores are owed. */
export const cashQuestions = [
  question('settlement_bridge', 'profit', {
    title: { en: 'Settlements to the bank', zh: '结算单到银行' },
    params: z.object({ ...period, account, ...page(200) }),
    row: z.object({
      account: z.string(),
      settlement_id: z.string(),
      currency,
      posted_from: isoDate.nullable(),
      posted_to: isoDate.nullable(),
      deposited_on: isoDate.nullable(),
      sales: money,
      refunds: money,
      fees: money,
      advertising: money,
      other: money,
      tax: money,
      balance: money,
      unmapped: money,
      total: money,
      deposit: money,
      residual: money,
      bank_paid_on: isoDate.nullable(),
      bank_amount: money.nullable(),
      bank_currency: z.string().nullable(),
      bank_difference: money.nullable(),
      status: z.string(),
      hint: z.string().nullable()
    })
  }),
  question('payout_bridge', 'profit', {
    title: { en: 'From order to bank', zh: '从订单到银行' },
    params: z.object({ ...period, account }),
    row: z.object({
      account: z.string(),
      currency,
      position: count,
      step: z.string(),
      kind: z.string(),
      amount: money
    })
  }),
  question('profit_gaps', 'profit', {
    title: { en: 'What keeps profit from being whole', zh: '影响利润完整性的问题' },
    params: z.object({ ...period, ...page(200) }),
    row: z.object({
      kind: z.string(),
      what: z.string(),
      market: marketCode,
      channel: channelCode,
      lines: count,
      amount: money.nullable(),
      currency,
      file: z.string().nullable(),
      record: count.nullable()
    })
  }),
  question('store_settlement', 'profit', {
    title: { en: 'What stores are owed', zh: '门店结算' },
    params: z.object({ ...period, store }),
    row: z.object({
      store: z.string(),
      month: isoMonth,
      currency,
      pick_ups: count,
      shipped: count,
      returned: count,
      goods_value: money,
      handling_fee: money,
      freight: money,
      claw_back: money,
      due: money,
      without_contract: count
    })
  }),
  question('store_settlement_lines', 'profit', {
    title: { en: 'Lines of a store’s statement', zh: '门店结算明细' },
    params: z.object({ ...period, store, ...page(500) }),
    row: z.object({
      store: z.string(),
      fulfilled_on: isoDate,
      kind: z.string(),
      event_id: z.string(),
      account: z.string(),
      order_id: z.string(),
      sku: z.string(),
      quantity: z.number(),
      currency,
      goods_value: money,
      handling_fee: money.nullable(),
      freight: money,
      claw_back: money.nullable(),
      file: z.string(),
      record: count
    })
  }),
  question('fx_month', 'profit', {
    title: { en: 'Exchange results by month', zh: '每月汇兑损益' },
    params: z.object({ ...period, account }),
    row: z.object({
      account: z.string(),
      month: isoMonth,
      currency,
      fee_spread: money,
      timing: money,
      revaluation: money,
      total: money
    })
  }),
  question('payout_lag', 'profit', {
    title: { en: 'Days from order to bank', zh: '从下单到回款天数' },
    params: z.object(period),
    row: z.object({
      account: z.string(),
      market: marketCode,
      channel: channelCode,
      currency,
      sales: count,
      order_to_posted_days: days,
      posted_to_deposit_days: days,
      deposit_to_bank_days: days,
      order_to_bank_days: days,
      outstanding: money
    })
  }),
  question('cash_conversion', 'profit', {
    title: { en: 'Cash conversion of each market', zh: '各市场现金周转' },
    params: z.object(period),
    row: z.object({
      market: marketCode,
      currency,
      days_inventory: days,
      days_receivable: days,
      days_payable: days,
      cash_cycle_days: days,
      stock_value: money,
      cost_of_goods: money,
      net_revenue: money
    })
  }),
  question('cash_weeks', 'profit', {
    title: { en: 'Cash of the next 13 weeks', zh: '未来13周现金' },
    params: z.object({}),
    row: z.object({
      week: isoDate,
      currency,
      inflow: money,
      inflow_low: money,
      inflow_high: money,
      outflow: money,
      net: money,
      balance: money,
      balance_low: money,
      balance_high: money
    })
  }),
  question('take_rate_month', 'profit', {
    title: { en: 'Take rate by month', zh: '每月平台综合费率' },
    params: z.object({ ...period, ...place }),
    row: z.object({
      channel: channelCode,
      month: isoMonth,
      currency,
      gross_sales: money,
      kept: money,
      ads: money,
      take_rate: share,
      take_rate_with_ads: share
    })
  }),
  question('fee_change', 'profit', {
    title: { en: 'What other fees would cost', zh: '费率变动模拟' },
    params: z.object({
      ...based,
      ...place,
      referral_points: percent,
      fulfilment_percent: percent,
      advertising_percent: percent
    }),
    row: z.object({
      channel: channelCode,
      market: marketCode,
      currency,
      cm3_before: money,
      cm3_after: money,
      change: money
    })
  }),
  question('fee_true_up', 'profit', {
    title: { en: 'Expected and actual fees', zh: '预估与实际费用' },
    params: z.object({ ...period, account }),
    row: z.object({
      account: z.string(),
      month: isoMonth,
      currency,
      units: z.number(),
      expected: money,
      taken: money,
      true_up: money
    })
  }),
  question('price_waterfall', 'profit', {
    title: { en: 'From price to pocket, a unit', zh: '单件价格瀑布' },
    params: z.object({ ...based, market: marketCode.optional() }),
    row: z.object({
      channel: channelCode,
      market: marketCode,
      currency,
      units: z.number(),
      list_price: money,
      discount: money,
      refund: money,
      selling_fees: money,
      payment_fees: money,
      fulfilment: money,
      advertising: money,
      pocket_price: money
    })
  }),
  question('promotion_result', 'profit', {
    title: { en: 'What campaigns cost and claim', zh: '推广活动投入与归因' },
    params: z.object({ ...period, market: marketCode.optional() }),
    row: z.object({
      campaign: z.string(),
      kind: z.string(),
      account: z.string(),
      channel: channelCode,
      market: marketCode,
      currency,
      cost: money,
      attributed_sales: money.nullable(),
      sales_per_cost: z.number().nullable()
    })
  }),
  question('mode_totals', 'profit', {
    title: { en: 'Sales by business mode', zh: '各业务模式销售' },
    params: z.object({ ...based, market: marketCode.optional() }),
    row: z.object({
      mode: z.string(),
      currency,
      gross_sales: money,
      net_revenue: money,
      fees: money,
      share
    })
  })
];
