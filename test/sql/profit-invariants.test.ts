import { describe, expect, it } from 'vitest';
import type { Row } from '../../etl/warehouse/rows.ts';
import { Seeded } from '../fixtures/seeded.ts';
import { book, type Built, type Cells, exact, money, put, total, withBooks } from './books.ts';
import { type Book, dayOf, fillBook, randomBook } from './random-book.ts';

const answer = <T>(facts: Book, use: (built: Built) => Promise<T>) =>
  withBooks((connection) => fillBook(connection, facts), use);

/** What a seller reads off the profit pages. */
async function figures({ ask, connection }: Built): Promise<Record<string, Row[]>> {
  const questions: [name: string, params?: Record<string, string>][] = [
    ['channel_profit'],
    ['channel_profit', { basis: 'posted' }],
    ['market_totals'],
    ['sku_profit'],
    ['sku_profit', { driver: 'volume', basis: 'posted' }],
    ['allocation_ranks'],
    ['settlement_bridge'],
    ['payout_bridge'],
    ['fx_month'],
    ['take_rate_month'],
    ['store_settlement'],
    ['payout_lag']
  ];
  const all: Record<string, Row[]> = {};
  for (const [name, params] of questions) {
    all[`${name} ${JSON.stringify(params ?? {})}`] = await ask(name, params);
  }
  all['cost of sale'] = await connection.rows(
    `select sku, order_date, posted_date, market, channel, kind, certainty, sum(quantity)::varchar as units,
       sum(fifo_amount)::varchar as fifo, sum(average_amount)::varchar as average
     from marts.cost_of_sale group by all order by all`
  );
  all['stock'] = await connection.rows('from marts.lot_left order by lot');
  return all;
}

/** An amount in two parts that neither are halves nor lose anything. */
function split(cell: Cells[string] | undefined): [Cells[string], Cells[string]] {
  if (cell === null || cell === undefined) return [null, null];
  const units = Number(exact(cell));
  const part = Math.trunc(units / 3);
  return [money(part), money(units - part)];
}

/** Lines of more than one unit as two lines of the same order. */
function inTwo(rows: Cells[] | undefined, amounts: string[]): Cells[] {
  return (rows ?? []).flatMap((row, index) => {
    const units = Number(row['quantity'] ?? 0);
    if (units < 2) return [row];
    const parts = Object.fromEntries(amounts.map((name) => [name, split(row[name])]));
    return [0, 1].map((side) => ({
      ...row,
      line_no: 1000 + 2 * index + side,
      quantity: side === 0 ? 1 : units - 1,
      ...Object.fromEntries(amounts.map((name) => [name, parts[name]?.[side] ?? null]))
    }));
  });
}

describe('the same facts told otherwise', () => {
  it('in another order of rows give the same figures, landed cost and stock included', async () => {
    for (const seed of [11]) {
      const facts = randomBook(seed);
      const random = new Seeded(seed);
      const shuffled = Object.fromEntries(
        Object.entries(facts).map(([table, rows]) => [table, random.shuffle(rows)])
      );
      expect(await answer(shuffled, figures)).toEqual(await answer(facts, figures));
    }
  });

  it('with order and settlement lines split in two give the same figures, landed cost and stock included', async () => {
    const facts = randomBook(13, { currency: 'USD' });
    const orders = inTwo(facts['order_line'], ['item_gross', 'ship_gross', 'seller_discount']);
    const entries = inTwo(facts['settlement_entry'], ['amount']);
    expect(orders.length).toBeGreaterThan(220);
    const apart = { ...facts, order_line: orders, settlement_entry: entries };
    // How many sales a lag is the median of is the one thing that changes.
    const bare = (all: Record<string, Row[]>) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith('payout_lag')));
    expect(bare(await answer(apart, figures))).toEqual(bare(await answer(facts, figures)));
  });

  it('booked again change nothing', async () => {
    const facts = randomBook(14);
    const twice = await withBooks(async (connection) => {
      await fillBook(connection, facts);
      for (const row of facts['channel_account'] ?? []) {
        await connection.run(
          `insert into touched_scope select account, 'order_line', order_id from facts.order_line where account = '${String(row['account'])}'
           union select account, 'settlement_entry', settlement_id from facts.settlement_entry where account = '${String(row['account'])}'`
        );
        await book(connection, String(row['account']));
      }
    }, figures);
    expect(twice).toEqual(await answer(facts, figures));
  });
});

describe('value added tax', () => {
  /** One net price at any rate: goods, shipping and discount as shops state them. */
  const sold = (rate: number, cells: Cells): Cells => ({
    account: 'shop',
    channel: 'own_store',
    market: 'DE',
    currency: 'USD',
    tax_included: true,
    order_id: 'o1',
    order_date: '2026-02-03',
    item_gross: money(Math.round(1_000_000 * (1 + rate))),
    ...cells
  });
  const profitAt = (lines: Cells[], rate: number) =>
    withBooks(
      async (connection) => {
        await put(connection, 'channel_account', [
          {
            account: 'shop',
            platform: 'shopify',
            channel: 'own_store',
            market: 'DE',
            tax_inclusive: true
          }
        ]);
        await put(connection, 'product_cost', [
          {
            sku: 'A',
            lot_ref: 'L',
            valid_from: '2026-01-01',
            quantity: 9,
            unit_cost: '31',
            landed: '31'
          }
        ]);
        await connection.run(
          `insert into facts.tax_rate values ('DE', 'VAT', 'standard', ${String(rate)}, date '2000-01-01', null, '', '')`
        );
        await put(connection, 'order_line', lines);
        await book(connection, 'shop');
      },
      async ({ ask }) => {
        const [row] = await ask('channel_profit');
        return [row?.['net_revenue'], row?.['cm1'], row?.['cm3']];
      }
    );

  it.each([0, 0.07, 0.19, 0.25])(
    'of %d at a fixed net price leaves profit unchanged',
    async (rate) => {
      const tax = (net: number) => money(Math.round(net * rate));
      const gross = (net: number) => money(Math.round(net * (1 + rate)));
      const stated = sold(rate, {
        item_tax: tax(900_000),
        seller_discount: gross(100_000),
        ship_gross: gross(50_000),
        ship_tax: tax(50_000)
      });
      expect(await profitAt([stated], rate)).toEqual(['95.0000', '64.0000', '64.0000']);
      // No tax stated: the rate of the country steps in.
      const unstated = sold(rate, { seller_discount: gross(100_000), ship_gross: gross(50_000) });
      expect(await profitAt([unstated], rate)).toEqual(['95.0000', '64.0000', '64.0000']);
    }
  );
});

describe('currencies', () => {
  const ranked = (rows: Row[]) =>
    rows.map((row) => [row['channel'], row['sku'], row['rank'], row['rank_direct']]);

  it('relabelled by a factor, amounts and rates alike, leave every figure as it was', async () => {
    const facts = randomBook(15);
    const relabelled = (rows: Cells[] | undefined, amounts: string[]) =>
      (rows ?? []).map((row) =>
        row['currency'] === 'GBP'
          ? { ...row, ...Object.fromEntries(amounts.map((name) => [name, times(row[name], 100)])) }
          : row
      );
    const pence: Book = {
      ...facts,
      fx_rate: (facts['fx_rate'] ?? []).map((row) =>
        row['currency'] === 'GBP' ? { ...row, per_eur: Number(row['per_eur']) * 100 } : row
      ),
      order_line: relabelled(facts['order_line'], ['item_gross', 'ship_gross', 'seller_discount']),
      refund: relabelled(facts['refund'], ['item_gross']),
      settlement: relabelled(facts['settlement'], ['total_amount']),
      settlement_entry: relabelled(facts['settlement_entry'], ['amount']),
      bank_payout: (facts['bank_payout'] ?? []).map((row) =>
        row['sent_currency'] === 'GBP'
          ? { ...row, sent_amount: times(row['sent_amount'], 100) }
          : row
      ),
      store_contract: relabelled(facts['store_contract'], ['pick_up_fee', 'ship_fee']),
      store_fulfilment: relabelled(facts['store_fulfilment'], ['goods_value', 'freight'])
    };
    const ask = async ({ ask: put }: Built) =>
      [await put('channel_profit'), await put('sku_profit')] as const;
    const [before, after] = [await answer(facts, ask), await answer(pence, ask)];
    expect(ranked(after[1])).toEqual(ranked(before[1]));
    // A part of a cent that pounds round away, pence keep: each entry may differ by half a hundredth of a cent.
    for (const [index, row] of after[0].entries()) {
      const gap = exact(row['net_profit']) - exact(before[0][index]?.['net_profit']);
      expect(Math.abs(Number(gap))).toBeLessThan(150);
    }
  });

  it('of the report changed for one worth a hundredth scale everything and reorder nothing', async () => {
    const facts = randomBook(16, { currency: 'USD' });
    const cents = (facts['fx_rate'] ?? []).filter((row) => row['currency'] === 'USD');
    const inCents = { ...facts, bank_payout: [] as Cells[], product_cost: inDollars(facts) };
    const ask = async ({ ask: put }: Built) =>
      [await put('channel_profit'), await put('sku_profit')] as const;
    const before = await answer(inCents, ask);
    const after = await withBooks(async (connection) => {
      await fillBook(connection, inCents);
      await put(
        connection,
        'fx_rate',
        cents.map((row) => ({ ...row, currency: 'XUC', per_eur: Number(row['per_eur']) * 100 }))
      );
      await connection.run(
        `update facts.setting set value = 'XUC' where key = 'reporting_currency'`
      );
    }, ask);
    expect(ranked(after[1])).toEqual(ranked(before[1]));
    expect(after[0].map((row) => row['channel'])).toEqual(before[0].map((row) => row['channel']));
    for (const [index, row] of after[0].entries()) {
      expect(row['currency']).toBe('XUC');
      expect(exact(row['gross_sales'])).toBe(exact(before[0][index]?.['gross_sales']) * 100n);
      expect(row['take_rate']).toBeCloseTo(Number(before[0][index]?.['take_rate']), 10);
      const gap = exact(row['net_profit']) - exact(before[0][index]?.['net_profit']) * 100n;
      expect(Math.abs(Number(gap))).toBeLessThan(10_000);
    }
  });

  it('of advertising do not decide who pays for what belongs to the whole business', async () => {
    const shares = (yenPerDollar: number) =>
      withBooks(
        async (connection) => {
          await put(connection, 'channel_account', [
            { account: 'acc' },
            { account: 'jp', market: 'JP', currency: 'JPY' }
          ]);
          await put(connection, 'fx_rate', [
            { rate_date: '2026-01-05', currency: 'USD', per_eur: 1 },
            { rate_date: '2026-01-05', currency: 'JPY', per_eur: yenPerDollar }
          ]);
          const day = '2026-01-05';
          const ads = { spend_date: day, platform: 'amazon' };
          await put(connection, 'ad_spend', [
            { ...ads, account: 'acc', market: 'US', sku: 'A', cost: 30, currency: 'USD' },
            {
              ...ads,
              account: 'jp',
              market: 'JP',
              sku: 'B',
              cost: 10 * yenPerDollar,
              currency: 'JPY'
            }
          ]);
          const sale = { order_date: day, posted_date: day, amount: 100, quantity: 1 };
          await put(connection, 'ledger_entry', [
            { ...sale, sku: 'A' },
            { ...sale, sku: 'B', market: 'JP' },
            {
              ...sale,
              sku: null,
              market: 'x-company',
              channel: 'none',
              step: 'advertising',
              amount: -40,
              quantity: null
            }
          ]);
        },
        ({ connection }) =>
          connection.rows(
            `select sku, amount from marts.allocation(null, null, 'ordered', 'by_step') order by sku`
          )
      );
    const expected = [
      { sku: 'A', amount: '-30.0000' },
      { sku: 'B', amount: '-10.0000' }
    ];
    expect(await shares(1)).toEqual(expected);
    expect(await shares(160)).toEqual(expected);
  });
});

describe('money that waits', () => {
  it('is valued at each month’s end until it is paid, however long, and shown when it is', async () => {
    await withBooks(
      async (connection) => {
        const days = ['2026-01-10', '2026-01-31', '2026-02-28', '2026-03-20'];
        const perEur = [1, 1.25, 1.1, 1.2];
        await put(
          connection,
          'fx_rate',
          days.map((rate_date, n) => ({ rate_date, currency: 'USD', per_eur: perEur[n] ?? 1 }))
        );
        await put(connection, 'channel_account', [
          { account: 'amz', currency: 'EUR', market: 'DE', settles: true }
        ]);
        const of = { account: 'amz', settlement_id: 'S', currency: 'EUR' };
        const posted = { posted_date: '2026-01-10', order_id: 'o', sku: 'A' };
        await put(connection, 'settlement_entry', [
          { ...of, ...posted, step: 'gross_sales', amount: 100, quantity: 1, is_sale: true }
        ]);
        await put(connection, 'settlement', [
          { ...of, total_amount: 100, deposited_at: '2026-03-18T06:00:00Z' }
        ]);
        await put(connection, 'bank_payout', [
          {
            payout_id: 'B',
            selling_account: 'amz',
            settlement_id: 'S',
            paid_on: '2026-03-20',
            amount: 119,
            sent_amount: 100,
            sent_currency: 'EUR'
          }
        ]);
        await book(connection, 'amz');
      },
      async ({ ask }) => {
        const months = await ask('fx_month');
        const shown = months.map(({ month, fee_spread, timing, revaluation, total: sum }) => [
          month,
          fee_spread,
          timing,
          revaluation,
          sum
        ]);
        expect(shown).toEqual([
          ['2026-03', '-1.0000', '20.0000', '-10.0000', '9.0000'],
          ['2026-02', '0.0000', '0.0000', '-15.0000', '-15.0000'],
          ['2026-01', '0.0000', '0.0000', '25.0000', '25.0000']
        ]);
        expect(total(months, 'revaluation')).toBe(0n);
        expect(dayOf(0)).toBe('2026-01-01');
      }
    );
  });
});

/** Lots in dollars, so that no rate but the reporting currency's matters. */
const inDollars = (facts: Book): Cells[] =>
  (facts['product_cost'] ?? []).map((row) => ({ ...row, currency: 'USD' }));

const times = (cell: Cells[string] | undefined, factor: number): Cells[string] =>
  cell === null || cell === undefined ? null : money(Number(exact(cell)) * factor);
