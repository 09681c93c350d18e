import type { Connection } from '../../etl/warehouse/connection.ts';
import { Seeded } from '../fixtures/seeded.ts';
import { book, type Cells, money, put } from './books.ts';

/** A seller's facts by table, before anything is derived from them. */
export type Book = Record<string, Cells[]>;

interface Shop {
  account: string;
  channel: string;
  market: string;
  currency: string;
  settles: boolean;
}

const skus = ['A', 'B', 'C', 'D', 'E'];
const start = Date.UTC(2026, 0, 1);
export const dayOf = (n: number): string =>
  new Date(start + n * 86_400_000).toISOString().slice(0, 10);

/**
 * Half a year of two marketplace accounts and a web shop with a store: settled and open orders, refunds, fees without
 * a SKU, lots with stock-outs, returns, payouts in other currencies. Every settlement adds up, every rate is there.
 */
export function randomBook(seed: number, options: { currency?: string } = {}): Book {
  const random = new Seeded(seed);
  const shops: Shop[] = [
    { account: 'amz-us', channel: 'amazon', market: 'US', currency: 'USD', settles: true },
    { account: 'amz-de', channel: 'amazon', market: 'DE', currency: 'EUR', settles: true },
    { account: 'shop', channel: 'own_store', market: 'GB', currency: 'GBP', settles: false }
  ].map((shop) => ({ ...shop, currency: options.currency ?? shop.currency }));
  const facts: Book = {
    channel_account: shops.map((shop) => ({
      ...shop,
      platform: shop.settles ? 'amazon' : 'shopify'
    })),
    fx_rate: rates(random),
    product: skus.map((sku, n) => ({
      sku,
      name: sku,
      length_mm: 40 + 30 * n,
      width_mm: 60,
      height_mm: 15
    })),
    product_cost: lots(random, options.currency),
    ad_spend: skus.flatMap((sku) =>
      [...Array(6).keys()].map((month) => ({
        account: 'amz-us',
        sku,
        spend_date: dayOf(month * 25),
        cost: money(random.int(90_000))
      }))
    ),
    order_line: [],
    refund: [],
    return_line: [],
    settlement_entry: []
  };
  for (const shop of shops) sell(random, facts, shop);
  facts['settlement'] = settlements(facts);
  facts['bank_payout'] = payouts(random, facts);
  Object.assign(facts, stores(random, options.currency ?? 'GBP'));
  return facts;
}

function rates(random: Seeded): Cells[] {
  const level: Record<string, number> = { USD: 1.1, GBP: 0.86, JPY: 160 };
  return Array.from({ length: 240 }, (_, n) => n - 10).flatMap((n) =>
    Object.keys(level).map((currency) => {
      const perEur = (level[currency] ?? 1) * (1 + (random.next() - 0.5) / 60);
      level[currency] = perEur;
      return { rate_date: dayOf(n), currency, per_eur: Number(perEur.toFixed(5)) };
    })
  );
}

function lots(random: Seeded, currency: string | undefined): Cells[] {
  return skus.flatMap((sku) =>
    Array.from({ length: 4 }, (_, n) => {
      const cost = money(20_000 + random.int(60_000));
      return {
        sku,
        lot_ref: `L${String(n)}`,
        valid_from: dayOf(n * 40 + random.int(15) - 5),
        quantity: 8 + random.int(25),
        unit_cost: cost,
        landed: cost,
        currency: currency ?? random.pick(['USD', 'EUR'])
      };
    })
  );
}

function sell(random: Seeded, facts: Book, shop: Shop): void {
  const { settles, ...place } = shop;
  for (let n = 0; n < 60; n += 1) {
    const id = `${shop.account}-${String(n)}`;
    const ordered = random.int(150);
    const sku = random.pick(skus);
    const quantity = 1 + random.int(4);
    const gross = quantity * (80_000 + random.int(150_000));
    facts['order_line']?.push({
      ...place,
      order_id: id,
      order_date: dayOf(ordered),
      known_at: `${dayOf(ordered)}T12:00:00Z`,
      sku,
      quantity,
      item_gross: money(gross),
      mode: n % 9 === 0 ? 'b2b' : 'b2c',
      ship_gross: n % 4 === 0 ? '4.9900' : null,
      seller_discount: n % 5 === 0 ? '1.5000' : null
    });
    if (n % 8 === 3) {
      const back = `${dayOf(ordered + 12)}T10:00:00Z`;
      const account = shop.account;
      const row = {
        account,
        return_id: `r-${id}`,
        order_id: id,
        sku,
        quantity: 1,
        returned_at: back
      };
      facts['return_line']?.push(row);
    }
    if (!settles && n % 3 > 0) {
      pay(random, facts, { ...place, id, gross, posted: ordered + 1 + random.int(9) });
    }
    if (settles && random.next() < 0.85) {
      settle(random, facts, {
        ...place,
        id,
        sku,
        quantity,
        gross,
        posted: ordered + 2 + random.int(25)
      });
    }
  }
  if (settles)
    for (let day = 5; day < 170; day += 11) charge(random, facts, { ...place, posted: day });
}

type Place = Omit<Shop, 'settles'>;

function entry(facts: Book, place: Place & { posted: number }, cells: Cells): void {
  const { account, channel, market, currency, posted } = place;
  const id = `${account}-S${String(Math.floor(posted / 14)).padStart(2, '0')}`;
  const entries = facts['settlement_entry'];
  entries?.push({
    account,
    channel,
    market,
    currency,
    settlement_id: id,
    line_no: entries.length,
    posted_date: dayOf(posted),
    ...cells
  });
}

function settle(
  random: Seeded,
  facts: Book,
  sale: Place & { id: string; sku: string; quantity: number; gross: number; posted: number }
): void {
  const { id, sku, quantity, gross } = sale;
  const of = { order_id: id, sku };
  const tax = Math.round(gross * 0.07);
  entry(facts, sale, { ...of, step: 'gross_sales', amount: money(gross), quantity, is_sale: true });
  entry(facts, sale, { ...of, step: 'selling_fees', amount: money(-Math.round(gross * 0.15)) });
  entry(facts, sale, { ...of, step: 'fulfilment', amount: money(-31_300 * quantity) });
  entry(facts, sale, { ...of, step: null, amount: money(tax) });
  entry(facts, sale, { ...of, step: null, amount: money(-tax) });
  if (random.next() < 0.12) {
    const later = { ...sale, posted: sale.posted + 9 };
    entry(facts, later, { ...of, step: 'refunds', amount: money(-Math.round(gross / quantity)) });
  }
}

/** A payment service charges with tax what the orders report states without, and keeps a fee. */
function pay(
  random: Seeded,
  facts: Book,
  order: Place & { id: string; gross: number; posted: number }
): void {
  const { account, channel, market, currency, id, posted } = order;
  const charged = Math.round(order.gross * 1.2);
  entry(facts, order, {
    order_id: id,
    step: null,
    fee_code: 'order_charge',
    amount: money(charged)
  });
  entry(facts, order, {
    order_id: id,
    step: 'payment_fees',
    amount: money(-Math.round(charged / 40))
  });
  if (random.next() > 0.2) return;
  const later = { ...order, posted: posted + 6 };
  entry(facts, later, {
    order_id: id,
    step: null,
    fee_code: 'order_refund',
    amount: money(-charged)
  });
  facts['refund']?.push({
    account,
    channel,
    market,
    currency,
    refund_id: `r-${id}`,
    order_id: id,
    refund_date: dayOf(posted + 6),
    item_gross: money(order.gross)
  });
}

function charge(random: Seeded, facts: Book, place: Place & { posted: number }): void {
  const costs = { advertising: 400_000, storage: 90_000, overhead: 399_900, promotions: 50_000 };
  for (const [step, most] of Object.entries(costs)) {
    entry(facts, place, { step, amount: money(-1 - random.int(most)) });
  }
  entry(facts, place, {
    step: null,
    amount: money(random.int(200_000) - 100_000),
    is_balance_move: true
  });
}

function settlements(facts: Book): Cells[] {
  const closed = new Map<string, { of: Cells; cents: number; last: string }>();
  for (const row of facts['settlement_entry'] ?? []) {
    const { account = null, settlement_id = null, currency = null } = row;
    const known = closed.get(String(settlement_id));
    const { cents, last } = known ?? { cents: 0, last: '' };
    const day = String(row['posted_date']);
    closed.set(String(settlement_id), {
      of: { account, settlement_id, currency },
      cents: cents + Math.round(Number(row['amount']) * 10_000),
      last: day > last ? day : last
    });
  }
  return [...closed.values()].map(({ of, cents, last }) => ({
    ...of,
    total_amount: money(cents),
    started_at: `${last}T00:00:00Z`,
    ended_at: `${last}T23:00:00Z`,
    deposited_at: `${dayOf((Date.parse(last) - start) / 86_400_000 + 16)}T06:00:00Z`
  }));
}

function payouts(random: Seeded, facts: Book): Cells[] {
  return (facts['settlement'] ?? [])
    .filter(({ total_amount }) => Number(total_amount) > 0)
    .map((row) => {
      const deposited = (Date.parse(String(row['deposited_at']).slice(0, 10)) - start) / 86_400_000;
      const sent = Number(row['total_amount']);
      return {
        payout_id: `B-${String(row['settlement_id'])}`,
        selling_account: row['account'] ?? null,
        settlement_id: row['settlement_id'] ?? null,
        paid_on: dayOf(deposited + 1 + random.int(5)),
        amount: (sent * (0.9 + random.next() / 20)).toFixed(2),
        currency: 'EUR',
        sent_amount: row['total_amount'] ?? null,
        sent_currency: row['currency'] ?? null
      };
    });
}

function stores(random: Seeded, currency: string): Book {
  const contract = {
    store: 'berlin',
    handling_rate: 0.05125,
    pick_up_fee: '1.5000',
    ship_fee: '2.8000',
    currency
  };
  const out = Array.from({ length: 40 }, (_, n) => ({
    store: n % 7 === 0 ? 'paris' : 'berlin',
    event_id: `E${String(n)}`,
    kind: random.pick(['pick_up', 'ship_from_store', 'return']),
    selling_account: 'shop',
    order_id: `shop-${String(n)}`,
    sku: random.pick(skus),
    quantity: 1,
    fulfilled_on: dayOf(random.int(170)),
    goods_value: money(random.int(900_000)),
    freight: money(random.int(70_000)),
    currency
  }));
  return {
    store_contract: [
      { ...contract, valid_from: '2026-01-01', valid_to: '2026-03-31' },
      { ...contract, valid_from: '2026-04-01', valid_to: null, handling_rate: 0.06 }
    ],
    store_fulfilment: out
  };
}

/** Writes a book and books its accounts. */
export async function fillBook(connection: Connection, facts: Book): Promise<void> {
  for (const [table, rows] of Object.entries(facts)) await put(connection, table, rows);
  for (const row of facts['channel_account'] ?? []) await book(connection, String(row['account']));
}
