// Generated from queries/**/*.sql and the catalogue by queries/generate-types.ts. Do not edit.

/** Totals per market. */
export interface MarketTotalsRow {
  market: string;
  currency: string;
  orders: number;
  units: number;
  gross_sales: string;
  refunds: string;
  net_revenue: string;
  cm1: string;
  cm2: string;
  cm3: string;
  known_cost_share: number | null;
  settled_share: number | null;
  unmapped_amount: string;
  unconverted: number;
}
export interface MarketTotalsParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  channel?: string | number;
  market?: string | number;
}

/** Market, channel and month. */
export interface MarketChannelMonthRow {
  market: string;
  channel: string;
  month: string;
  currency: string;
  orders: number;
  units: number;
  gross_sales: string;
  refunds: string;
  net_revenue: string;
  cm1: string;
  cm2: string;
  cm3: string;
}
export interface MarketChannelMonthParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
}

/** Weeks of each market. */
export interface MarketWeekRow {
  market: string;
  week: string;
  currency: string;
  orders: number;
  units: number;
  net_revenue: string;
  cm3: string;
}
export interface MarketWeekParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
}

/** Days of each market. */
export interface MarketDayRow {
  market: string;
  day: string;
  currency: string;
  orders: number;
  units: number;
  net_revenue: string;
  cm3: string;
}
export interface MarketDayParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
}

/** Totals per market and channel. */
export interface ChannelTotalsRow {
  market: string;
  channel: string;
  currency: string;
  orders: number;
  units: number;
  gross_sales: string;
  refunds: string;
  net_revenue: string;
  cm1: string;
  cm2: string;
  cm3: string;
  landed_cost: string;
  selling_and_payment: string;
  fulfilment_and_delivery: string;
  storage_and_handling: string;
  advertising_and_promotion: string;
  settled_share: number | null;
}
export interface ChannelTotalsParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
}

/** What moved contribution profit most. */
export interface WhatMovedRow {
  market: string;
  step: string;
  currency: string;
  amount: string;
  amount_before: string;
  change: string;
}
export interface WhatMovedParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  compare_from?: string | number;
  compare_to?: string | number;
  market?: string | number;
  limit?: string | number;
}

/** Why contribution profit moved. */
export interface MarketBridgeRow {
  position: number;
  effect: string;
  currency: string;
  amount: string;
}
export interface MarketBridgeParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
  compare_from?: string | number;
  compare_to?: string | number;
}

/** Profit steps. */
export interface LedgerStepsRow {
  step: string;
  currency: string;
  amount: string;
}
export interface LedgerStepsParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
  sku?: string | number;
}

/** Lines behind a figure. */
export interface LedgerLinesRow {
  order_date: string | null;
  posted_date: string | null;
  market: string;
  channel: string;
  account: string;
  order_id: string | null;
  sku: string | null;
  step: string;
  amount: string;
  currency: string;
  quantity: number | null;
  certainty: string;
  file: string;
  sha256: string;
  record: number;
}
export interface LedgerLinesParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
  step?: string | number;
  sku?: string | number;
  limit?: string | number;
  offset?: string | number;
}

/** Profit of each channel. */
export interface ChannelProfitRow {
  channel: string;
  currency: string;
  orders: number;
  units: number;
  gross_sales: string;
  shipping_income: string;
  discounts: string;
  refunds: string;
  net_revenue: string;
  landed_cost: string;
  cm1: string;
  selling_fees: string;
  payment_fees: string;
  fulfilment: string;
  last_mile: string;
  storage: string;
  return_handling: string;
  store_handling: string;
  cm2: string;
  advertising: string;
  promotions: string;
  cm3: string;
  overhead: string;
  fx_result: string;
  net_profit: string;
  unmapped_amount: string;
  take_rate: number | null;
  take_rate_with_ads: number | null;
  known_cost_share: number | null;
  settled_share: number | null;
}
export interface ChannelProfitParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
}

/** Profit of each product and channel. */
export interface SkuProfitRow {
  sku: string | null;
  name: string | null;
  channel: string;
  currency: string;
  units: number;
  net_revenue: string;
  cm1: string;
  cm2: string;
  cm3_direct: string;
  allocated: string;
  cm3: string;
  rank: number | null;
  rank_direct: number | null;
}
export interface SkuProfitParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
  driver?: string | number;
  limit?: string | number;
  offset?: string | number;
}

/** What is shared by which driver. */
export interface AllocationDriversRow {
  driver: string;
  step: string;
  currency: string;
  amount: string;
  shared: string;
  residual: string;
}
export interface AllocationDriversParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
  driver?: string | number;
}

/** Ranks under each driver. */
export interface AllocationRanksRow {
  sku: string;
  name: string | null;
  currency: string;
  cm3_by_step: string;
  cm3_revenue: string;
  cm3_units: string;
  cm3_volume: string;
  rank_by_step: number;
  rank_revenue: number;
  rank_units: number;
  rank_volume: number;
  rank_spread: number;
}
export interface AllocationRanksParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
  limit?: string | number;
}

/** Settlements to the bank. */
export interface SettlementBridgeRow {
  account: string;
  settlement_id: string;
  currency: string;
  posted_from: string | null;
  posted_to: string | null;
  deposited_on: string | null;
  sales: string;
  refunds: string;
  fees: string;
  advertising: string;
  other: string;
  tax: string;
  balance: string;
  unmapped: string;
  total: string;
  deposit: string;
  residual: string;
  bank_paid_on: string | null;
  bank_amount: string | null;
  bank_currency: string | null;
  bank_difference: string | null;
  status: string;
  hint: string | null;
}
export interface SettlementBridgeParams {
  from?: string | number;
  to?: string | number;
  account?: string | number;
  limit?: string | number;
  offset?: string | number;
}

/** From order to bank. */
export interface PayoutBridgeRow {
  account: string;
  currency: string;
  position: number;
  step: string;
  kind: string;
  amount: string;
}
export interface PayoutBridgeParams {
  from?: string | number;
  to?: string | number;
  account?: string | number;
}

/** What keeps profit from being whole. */
export interface ProfitGapsRow {
  kind: string;
  what: string;
  market: string;
  channel: string;
  lines: number;
  amount: string | null;
  currency: string;
  file: string | null;
  record: number | null;
}
export interface ProfitGapsParams {
  from?: string | number;
  to?: string | number;
  limit?: string | number;
  offset?: string | number;
}

/** What stores are owed. */
export interface StoreSettlementRow {
  store: string;
  month: string;
  currency: string;
  pick_ups: number;
  shipped: number;
  returned: number;
  goods_value: string;
  handling_fee: string;
  freight: string;
  claw_back: string;
  due: string;
  without_contract: number;
}
export interface StoreSettlementParams {
  from?: string | number;
  to?: string | number;
  store?: string | number;
}

/** Lines of a store’s statement. */
export interface StoreSettlementLinesRow {
  store: string;
  fulfilled_on: string;
  kind: string;
  event_id: string;
  account: string;
  order_id: string;
  sku: string;
  quantity: number;
  currency: string;
  goods_value: string;
  handling_fee: string | null;
  freight: string;
  claw_back: string | null;
  file: string;
  record: number;
}
export interface StoreSettlementLinesParams {
  from?: string | number;
  to?: string | number;
  store?: string | number;
  limit?: string | number;
  offset?: string | number;
}

/** Exchange results by month. */
export interface FxMonthRow {
  account: string;
  month: string;
  currency: string;
  fee_spread: string;
  timing: string;
  revaluation: string;
  total: string;
}
export interface FxMonthParams {
  from?: string | number;
  to?: string | number;
  account?: string | number;
}

/** Days from order to bank. */
export interface PayoutLagRow {
  account: string;
  market: string;
  channel: string;
  currency: string;
  sales: number;
  order_to_posted_days: number | null;
  posted_to_deposit_days: number | null;
  deposit_to_bank_days: number | null;
  order_to_bank_days: number | null;
  outstanding: string;
}
export interface PayoutLagParams {
  from?: string | number;
  to?: string | number;
}

/** Cash conversion of each market. */
export interface CashConversionRow {
  market: string;
  currency: string;
  days_inventory: number | null;
  days_receivable: number | null;
  days_payable: number | null;
  cash_cycle_days: number | null;
  stock_value: string;
  cost_of_goods: string;
  net_revenue: string;
}
export interface CashConversionParams {
  from?: string | number;
  to?: string | number;
}

/** Cash of the next 13 weeks. */
export interface CashWeeksRow {
  week: string;
  currency: string;
  inflow: string;
  inflow_low: string;
  inflow_high: string;
  outflow: string;
  net: string;
  balance: string;
  balance_low: string;
  balance_high: string;
}
export interface CashWeeksParams {}

/** Take rate by month. */
export interface TakeRateMonthRow {
  channel: string;
  month: string;
  currency: string;
  gross_sales: string;
  kept: string;
  ads: string;
  take_rate: number | null;
  take_rate_with_ads: number | null;
}
export interface TakeRateMonthParams {
  from?: string | number;
  to?: string | number;
  market?: string | number;
  channel?: string | number;
}

/** What other fees would cost. */
export interface FeeChangeRow {
  channel: string;
  market: string;
  currency: string;
  cm3_before: string;
  cm3_after: string;
  change: string;
}
export interface FeeChangeParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
  referral_points?: string | number;
  fulfilment_percent?: string | number;
  advertising_percent?: string | number;
}

/** Expected and actual fees. */
export interface FeeTrueUpRow {
  account: string;
  month: string;
  currency: string;
  units: number;
  expected: string;
  taken: string;
  true_up: string;
}
export interface FeeTrueUpParams {
  from?: string | number;
  to?: string | number;
  account?: string | number;
}

/** From price to pocket, a unit. */
export interface PriceWaterfallRow {
  channel: string;
  market: string;
  currency: string;
  units: number;
  list_price: string;
  discount: string;
  refund: string;
  selling_fees: string;
  payment_fees: string;
  fulfilment: string;
  advertising: string;
  pocket_price: string;
}
export interface PriceWaterfallParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
}

/** What campaigns cost and claim. */
export interface PromotionResultRow {
  campaign: string;
  kind: string;
  account: string;
  channel: string;
  market: string;
  currency: string;
  cost: string;
  attributed_sales: string | null;
  sales_per_cost: number | null;
}
export interface PromotionResultParams {
  from?: string | number;
  to?: string | number;
  market?: string | number;
}

/** Sales by business mode. */
export interface ModeTotalsRow {
  mode: string;
  currency: string;
  gross_sales: string;
  net_revenue: string;
  fees: string;
  share: number | null;
}
export interface ModeTotalsParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
}

/** Top products. */
export interface TopProductsRow {
  sku: string;
  name: string | null;
  category: string | null;
  currency: string;
  units: number;
  gross_sales: string;
  refunds: string;
  net_revenue: string;
  cm3: string;
}
export interface TopProductsParams {
  from?: string | number;
  to?: string | number;
  basis?: string | number;
  market?: string | number;
  channel?: string | number;
  limit?: string | number;
}

/** Days of one product. */
export interface ProductDailyRow {
  day: string;
  market: string;
  channel: string;
  units: number;
  net_revenue: string;
  cm3: string;
  currency: string;
}
export interface ProductDailyParams {
  from?: string | number;
  to?: string | number;
  sku: string | number;
  market?: string | number;
}

/** Products. */
export interface ProductsRow {
  sku: string;
  name: string | null;
  category: string | null;
  brand: string | null;
}
export interface ProductsParams {}

/** What runs out. */
export interface StockoutAlertsRow {
  alert_type: string;
  severity: string;
  sku: string;
  location: string;
  p_stockout: number;
  stockout_date_p50: string | null;
  next_arrival_p50: string | null;
  lost_units: number;
  lost_margin: string;
  currency: string;
  name: string | null;
  on_hand: number;
  daily_demand: number;
  cover_days: number | null;
  lead_time_days: number;
  counted_at: string;
  as_of: string;
}
export interface StockoutAlertsParams {
  as_of?: string | number;
}

/** Replenishment plan. */
export interface ReplenishmentPlanRow {
  priority: number;
  sku: string;
  from_location: string;
  to_location: string;
  mode: string;
  quantity: number;
  cartons: number | null;
  cost: string | null;
  currency: string;
  order_by: string | null;
  reason: string;
  name: string | null;
}
export interface ReplenishmentPlanParams {
  as_of?: string | number;
}

/** Opportunity scores. */
export interface ProductSelectionRow {
  market: string;
  sku: string;
  score_pct: number;
  cm3_p10: string;
  cm3_p50: string;
  cm3_p90: string;
  p_loss: number;
  evidence_cover: number;
  gate: string;
  currency: string;
  name: string | null;
  category: string | null;
  last_quarter_cm3: string;
  as_of: string;
}
export interface ProductSelectionParams {
  as_of?: string | number;
  market?: string | number;
}

/** What the data covers. */
export interface DataSpanRow {
  first_date: string | null;
  last_date: string | null;
  as_of: string | null;
  reporting_currency: string | null;
  seller: string | null;
  markets: number;
  channels: number;
  accounts: number;
}
export interface DataSpanParams {}

/** Channels with data. */
export interface ChannelsRow {
  market: string;
  channel: string;
}
export interface ChannelsParams {}

/** Files loaded. */
export interface LoadFilesRow {
  file: string;
  format: string;
  account: string;
  status: string;
  rows_read: number;
  rows_loaded: number;
  rows_rejected: number;
  rows_updated: number;
  rows_unchanged: number;
  rows_skipped: number;
  loaded_at: string;
  first_date: string | null;
  last_date: string | null;
}
export interface LoadFilesParams {}

/** Why rows were not loaded. */
export interface LoadReasonsRow {
  code: string;
  file: string;
  account: string;
  count: number;
  first_record: number | null;
}
export interface LoadReasonsParams {}

/** Rejected rows. */
export interface RejectedRowsRow {
  file: string;
  account: string;
  record: number;
  code: string;
  raw: string;
}
export interface RejectedRowsParams {
  code?: string | number;
  file?: string | number;
  limit?: string | number;
  offset?: string | number;
}

/** Feeds and their age. */
export interface DataFeedsRow {
  account: string;
  format: string;
  files: number;
  rows_read: number;
  rows_rejected: number;
  covers_through: string | null;
  loaded_at: string;
  days_behind: number | null;
  usual_gap_days: number | null;
  state: string;
}
export interface DataFeedsParams {}

/** Checks. */
export interface DataChecksRow {
  check: string;
  status: string;
  offending: number;
  detail: string | null;
}
export interface DataChecksParams {}

export interface Questions {
  market_totals: { params: MarketTotalsParams; row: MarketTotalsRow };
  market_channel_month: { params: MarketChannelMonthParams; row: MarketChannelMonthRow };
  market_week: { params: MarketWeekParams; row: MarketWeekRow };
  market_day: { params: MarketDayParams; row: MarketDayRow };
  channel_totals: { params: ChannelTotalsParams; row: ChannelTotalsRow };
  what_moved: { params: WhatMovedParams; row: WhatMovedRow };
  market_bridge: { params: MarketBridgeParams; row: MarketBridgeRow };
  ledger_steps: { params: LedgerStepsParams; row: LedgerStepsRow };
  ledger_lines: { params: LedgerLinesParams; row: LedgerLinesRow };
  channel_profit: { params: ChannelProfitParams; row: ChannelProfitRow };
  sku_profit: { params: SkuProfitParams; row: SkuProfitRow };
  allocation_drivers: { params: AllocationDriversParams; row: AllocationDriversRow };
  allocation_ranks: { params: AllocationRanksParams; row: AllocationRanksRow };
  settlement_bridge: { params: SettlementBridgeParams; row: SettlementBridgeRow };
  payout_bridge: { params: PayoutBridgeParams; row: PayoutBridgeRow };
  profit_gaps: { params: ProfitGapsParams; row: ProfitGapsRow };
  store_settlement: { params: StoreSettlementParams; row: StoreSettlementRow };
  store_settlement_lines: { params: StoreSettlementLinesParams; row: StoreSettlementLinesRow };
  fx_month: { params: FxMonthParams; row: FxMonthRow };
  payout_lag: { params: PayoutLagParams; row: PayoutLagRow };
  cash_conversion: { params: CashConversionParams; row: CashConversionRow };
  cash_weeks: { params: CashWeeksParams; row: CashWeeksRow };
  take_rate_month: { params: TakeRateMonthParams; row: TakeRateMonthRow };
  fee_change: { params: FeeChangeParams; row: FeeChangeRow };
  fee_true_up: { params: FeeTrueUpParams; row: FeeTrueUpRow };
  price_waterfall: { params: PriceWaterfallParams; row: PriceWaterfallRow };
  promotion_result: { params: PromotionResultParams; row: PromotionResultRow };
  mode_totals: { params: ModeTotalsParams; row: ModeTotalsRow };
  top_products: { params: TopProductsParams; row: TopProductsRow };
  product_daily: { params: ProductDailyParams; row: ProductDailyRow };
  products: { params: ProductsParams; row: ProductsRow };
  stockout_alerts: { params: StockoutAlertsParams; row: StockoutAlertsRow };
  replenishment_plan: { params: ReplenishmentPlanParams; row: ReplenishmentPlanRow };
  product_selection: { params: ProductSelectionParams; row: ProductSelectionRow };
  data_span: { params: DataSpanParams; row: DataSpanRow };
  channels: { params: ChannelsParams; row: ChannelsRow };
  load_files: { params: LoadFilesParams; row: LoadFilesRow };
  load_reasons: { params: LoadReasonsParams; row: LoadReasonsRow };
  rejected_rows: { params: RejectedRowsParams; row: RejectedRowsRow };
  data_feeds: { params: DataFeedsParams; row: DataFeedsRow };
  data_checks: { params: DataChecksParams; row: DataChecksRow };
}
