import { profitShapes } from './profit-questions.ts';
import type { RowOf, Shape } from './shape.ts';

/** The columns each page reads. The server may send more. */
export const shapes = {
  ...profitShapes,
  market_totals: {
    market: 'text',
    currency: 'text',
    orders: 'number',
    units: 'number',
    gross_sales: 'money',
    refunds: 'money',
    net_revenue: 'money',
    cm1: 'money',
    cm2: 'money',
    cm3: 'money',
    known_cost_share: 'number?',
    settled_share: 'number?',
    unmapped_amount: 'money?'
  },
  market_week: {
    market: 'text',
    week: 'text',
    currency: 'text',
    orders: 'number',
    units: 'number',
    net_revenue: 'money',
    cm3: 'money'
  },
  market_day: {
    market: 'text',
    day: 'text',
    currency: 'text',
    orders: 'number',
    units: 'number',
    net_revenue: 'money',
    cm3: 'money'
  },
  channel_totals: {
    market: 'text',
    channel: 'text',
    currency: 'text',
    orders: 'number',
    units: 'number',
    gross_sales: 'money',
    refunds: 'money',
    net_revenue: 'money',
    cm1: 'money',
    cm2: 'money',
    cm3: 'money',
    landed_cost: 'money',
    selling_and_payment: 'money',
    fulfilment_and_delivery: 'money',
    storage_and_handling: 'money',
    advertising_and_promotion: 'money',
    settled_share: 'number?'
  },
  top_products: {
    sku: 'text',
    name: 'text?',
    category: 'text?',
    currency: 'text',
    units: 'number',
    gross_sales: 'money',
    refunds: 'money',
    net_revenue: 'money',
    cm3: 'money'
  },
  what_moved: {
    market: 'text',
    step: 'text',
    currency: 'text',
    amount: 'money',
    amount_before: 'money',
    change: 'money'
  },
  data_span: {
    first_date: 'text?',
    last_date: 'text?',
    as_of: 'text?',
    reporting_currency: 'text?',
    markets: 'number',
    channels: 'number',
    accounts: 'number'
  },
  channels: { channel: 'text', market: 'text' },
  load_files: {
    file: 'text',
    format: 'text?',
    account: 'text?',
    status: 'text',
    rows_read: 'number',
    rows_loaded: 'number',
    rows_rejected: 'number',
    rows_updated: 'number',
    rows_unchanged: 'number',
    rows_skipped: 'number',
    loaded_at: 'text?',
    first_date: 'text?',
    last_date: 'text?'
  },
  load_reasons: {
    code: 'text',
    count: 'number',
    file: 'text',
    first_record: 'number?'
  },
  rejected_rows: {
    file: 'text',
    record: 'number?',
    code: 'text',
    raw: 'text?'
  },
  data_feeds: {
    account: 'text',
    format: 'text?',
    files: 'number',
    rows_read: 'number',
    rows_rejected: 'number',
    covers_through: 'text?',
    loaded_at: 'text?',
    days_behind: 'number?',
    state: 'text'
  },
  data_checks: { check: 'text', status: 'text', offending: 'number', detail: 'text?' },
  stockout_alerts: {
    alert_type: 'text',
    severity: 'text',
    sku: 'text',
    location: 'text',
    p_stockout: 'number?',
    stockout_date_p50: 'text?',
    next_arrival_p50: 'text?',
    lost_units: 'number?',
    lost_margin: 'money?',
    currency: 'text',
    name: 'text?',
    on_hand: 'number?',
    daily_demand: 'number?',
    cover_days: 'number?',
    lead_time_days: 'number?',
    counted_at: 'text?'
  },
  replenishment_plan: {
    priority: 'number',
    sku: 'text',
    from_location: 'text?',
    to_location: 'text?',
    mode: 'text?',
    quantity: 'number',
    cartons: 'number?',
    cost: 'money?',
    currency: 'text',
    order_by: 'text?',
    reason: 'text?',
    name: 'text?'
  },
  product_selection: {
    market: 'text',
    sku: 'text',
    score_pct: 'number?',
    cm3_p10: 'money?',
    cm3_p50: 'money?',
    cm3_p90: 'money?',
    p_loss: 'number?',
    evidence_cover: 'number?',
    gate: 'text?',
    currency: 'text',
    name: 'text?',
    category: 'text?',
    last_quarter_cm3: 'money?'
  },
  products: { sku: 'text', name: 'text?', category: 'text?', brand: 'text?' }
} as const satisfies Record<string, Shape>;

export type QuestionName = keyof typeof shapes;
export type Row<Q extends QuestionName> = RowOf<(typeof shapes)[Q]>;
export type Params = Readonly<Record<string, string | number | undefined>>;

/** The address of a question: the same for the screen, the CSV link and the cache. */
export function questionPath(name: QuestionName, params: Params): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value !== undefined) search.set(key, String(value));
  }
  const text = search.toString();
  return `/api/v1/questions/${name}${text === '' ? '' : `?${text}`}`;
}

export function csvPath(name: QuestionName, params: Params): string {
  return questionPath(name, { ...params, format: 'csv' });
}
