import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { buildMarts } from '../../queries/build-marts.ts';
import { findQuestion, runQuestion } from '../../queries/run-question.ts';
import { emptyWarehouse, putEntries } from './empty-warehouse.ts';

let connection: Connection;
let close: () => void;
beforeEach(async () => {
  ({ connection, close } = await emptyWarehouse());
  await connection.run(
    `insert into facts.channel_account values
       ('acc', 'amazon', 'amazon', 'US', 'USD', 'America/New_York', false, 'mdy', true),
       ('shop', 'shopify', 'own_store', 'US', 'USD', 'America/New_York', false, 'mdy', false),
       ('ups', 'ups', 'none', 'US', 'USD', 'America/New_York', false, 'mdy', false)`
  );
});
afterEach(() => close());

const build = () => buildMarts(connection, () => undefined);
const ask = async (name: string, params: Record<string, string> = {}) =>
  (await runQuestion(connection, findQuestion(name), params)).rows;
/** Steps that are not zero. */
const steps = async (params: Record<string, string> = {}) =>
  Object.fromEntries(
    (await ask('ledger_steps', params))
      .filter((row) => Number(row['amount']) !== 0)
      .map((row) => [row['step'], row['amount']])
  );

describe('overhead', () => {
  it('longer than a month is cut by months, by days in cents, and adds up to what was paid', async () => {
    await connection.run(
      `insert into facts.overhead_cost values
         ('p', 'software', 'software', '2026-01-16', '2026-03-15', null, null, null, 100, 'USD', null, '2026-03-15', 1, 2)`
    );
    await build();
    const months = (await ask('market_channel_month')).map((row) => [row['market'], row['month']]);
    expect(months).toEqual([
      ['x-company', '2026-01'],
      ['x-company', '2026-02'],
      ['x-company', '2026-03']
    ]);
    expect(await steps({ to: '2026-01-31' })).toEqual({ overhead: '-27.1200' });
    expect(await steps({ from: '2026-02-01', to: '2026-02-28' })).toEqual({ overhead: '-47.4600' });
    expect(await steps()).toEqual({ overhead: '-100.0000' });
  });

  it('of a store stays in its market and channel', async () => {
    await connection.run(
      `insert into facts.overhead_cost values
         ('p', 'rent', 'rent', '2026-01-01', '2026-01-31', 'DE', 'retail_store', 'berlin', 900, 'USD', null, '2026-01-31', 1, 2)`
    );
    await build();
    expect(await steps({ market: 'DE', channel: 'retail_store' })).toEqual({
      overhead: '-900.0000'
    });
  });
});

describe('advertising', () => {
  const spend = `insert into facts.ad_spend values
    ('acc', 'amazon', 'US', '2026-01-05', 'c', 'g', 'A', 12.5, 'USD', 3, 90, 40, 7, '2026-01-06', 1, 2)`;

  it('of a report is booked where no settlement holds advertising', async () => {
    await connection.run(spend);
    await build();
    expect(await steps()).toEqual({ advertising: '-12.5000' });
  });

  it('that settlements hold is booked once, and the report tells how it is shared', async () => {
    await connection.run(spend);
    await connection.run(
      `insert into facts.settlement_entry values
         ('acc', 's1', 1, 'amazon', 'US', '2026-01-09', '2026-01-09', null, null, null, 'ServiceFee', 'Cost of Advertising', 'TransactionTotalAmount',
          'advertising', 'advertising', -13, 'USD', false, false, false, null, null, '2026-01-09', 1, 3)`
    );
    await putEntries(connection, [
      { step: 'advertising', amount: '-13', sku: null, order_date: '2026-01-09' },
      { step: 'gross_sales', amount: '50', sku: 'A', quantity: 1, order_date: '2026-01-05' },
      { step: 'gross_sales', amount: '500', sku: 'B', quantity: 1, order_date: '2026-01-05' }
    ]);
    await build();
    expect(await steps()).toEqual({ gross_sales: '550.0000', advertising: '-13.0000' });
    const products = await ask('sku_profit');
    expect(products.map((row) => [row['sku'], row['allocated']])).toEqual([
      ['B', '0.0000'],
      ['A', '-13.0000']
    ]);
  });
});

describe('parcels and stores', () => {
  const order = `insert into facts.order_line by name
    select 'shop' as account, 'W-1' as order_id, 1 as line_no, 'own_store' as channel, 'CA' as market, 'b2c' as mode,
      date '2026-01-03' as order_date, 'paid' as status, 'A' as sku, 'gross_sales' as step, 1 as quantity, 'USD' as currency,
      false as tax_included, 40 as item_gross, false as is_mcf, false as is_replacement, false as is_cancelled,
      true as counts_order, false as price_pending, false as unmapped, timestamptz '2026-01-03' as known_at, 1 as load_id, 2 as record_no`;

  it('books a parcel where its order was sold, another one where it was sent', async () => {
    await connection.run(order);
    await connection.run(
      `insert into facts.parcel_cost values
         ('ups', 'i1', 1, 't1', 'W-1', 'US', 'FRT', 'last_mile', false, '2026-01-07', 7.5, 'USD', '2026-01-08', 1, 2),
         ('ups', 'i1', 2, 't2', 'unheard', 'MX', 'FRT', 'last_mile', false, '2026-01-07', 2.5, 'USD', '2026-01-08', 1, 3),
         ('ups', 'i1', 3, 't2', 'unheard', 'MX', 'VAT', null, false, '2026-01-07', 9, 'USD', '2026-01-08', 1, 4)`
    );
    await build();
    expect(await steps({ market: 'CA', channel: 'own_store' })).toEqual({ last_mile: '-7.5000' });
    expect(await steps({ market: 'MX', channel: 'none' })).toEqual({ last_mile: '-2.5000' });
    expect(await steps()).toEqual({ last_mile: '-10.0000' });
  });

  it('pays a store by the contract of the day and claws back what was returned', async () => {
    await connection.run(order);
    await connection.run(
      `insert into facts.store_contract values
         ('p', 'soho', '2026-01-01', '2026-01-31', 0.1, 2, 3, 'USD', null, '2026-01-01', 1, 2),
         ('p', 'soho', '2026-02-01', null, 0.2, 2, 3, 'USD', null, '2026-01-01', 1, 3);
       insert into facts.store_fulfilment values
         ('p', 'soho', 'e1', 'pick_up', 'shop', 'W-1', 'A', 1, '2026-01-04', 40, 0, 'USD', null, '2026-01-04', 1, 4),
         ('p', 'soho', 'e2', 'ship_from_store', 'shop', 'W-1', 'A', 1, '2026-02-04', 40, 5, 'USD', null, '2026-02-04', 1, 5),
         ('p', 'soho', 'e3', 'return', 'shop', 'W-1', 'A', 1, '2026-02-09', 40, 0, 'USD', null, '2026-02-09', 1, 6),
         ('p', 'kiosk', 'e4', 'pick_up', 'shop', 'W-1', 'A', 1, '2026-02-09', 40, 0, 'USD', null, '2026-02-09', 1, 7);
       insert into facts.load_file select 1, 'hand-outs.csv', 'x', 'x', 1, 'utf-8', 'f', 'main', 'p', 'loaded', 1, 1, 0, 0, 0, 0, 1, [], null, null,
         null, now()`
    );
    await build();
    // 40 x 0.1 + 2; 40 x 0.2 + 3 and 5 for the carrier; 40 x 0.2 back.
    expect(await steps({ market: 'CA' })).toEqual({
      store_handling: '-9.0000',
      last_mile: '-5.0000'
    });
    const due = (await ask('store_settlement', { store: 'soho' })).map((row) => row['due']);
    expect(due).toEqual(['8.0000', '6.0000']);
    expect((await ask('profit_gaps')).map((row) => [row['kind'], row['what']])).toEqual([
      ['no_contract', 'kiosk']
    ]);
    expect((await ask('store_settlement_lines')).map((row) => row['claw_back'])).toEqual([
      null,
      '-8.0000',
      '0.0000',
      '0.0000'
    ]);
  });
});

describe('fees of orders not settled yet', () => {
  it('are expected from the preview of the day, on the ordered basis alone', async () => {
    await connection.run(
      `insert into facts.fee_estimate values
         ('acc', '2026-01-02', 'A', 1.5, 3, 0, 4.5, 'USD', '2026-01-02', 1, 2),
         ('acc', '2026-02-02', 'A', 2, 3, 0, 5, 'USD', '2026-02-02', 1, 3)`
    );
    await putEntries(connection, [
      {
        step: 'gross_sales',
        amount: '50',
        quantity: 2,
        order_date: '2026-01-01',
        posted_date: null
      },
      {
        step: 'gross_sales',
        amount: '25',
        quantity: 1,
        order_date: '2026-02-03',
        posted_date: null
      },
      {
        step: 'gross_sales',
        amount: '25',
        quantity: 1,
        order_date: '2026-02-03',
        posted_date: '2026-02-09'
      }
    ]);
    await build();
    expect(await steps()).toEqual({
      gross_sales: '100.0000',
      selling_fees: '-5.0000',
      fulfilment: '-9.0000'
    });
    expect(await steps({ basis: 'posted' })).toEqual({ gross_sales: '25.0000' });
  });
});

describe('exchange results', () => {
  it('are the bank’s spread and the days between sale and payment, and add up to the whole difference', async () => {
    await connection.run(
      `insert into facts.channel_account values ('eu', 'amazon', 'amazon', 'DE', 'EUR', 'Europe/Berlin', true, 'dmy', true);
       insert into facts.fx_rate values
         ('ecb', '2026-01-05', 'USD', 1.10, 'ecb', '2026-01-05', 1, 2), ('ecb', '2026-01-12', 'USD', 1.20, 'ecb', '2026-01-12', 1, 3);
       insert into facts.settlement values ('eu', 's1', '2026-01-01', '2026-01-10', '2026-01-11', 'EUR', 100, '2026-01-11', 1, 2);
       insert into facts.settlement_entry by name
         select 'eu' as account, 's1' as settlement_id, 1 as line_no, 'amazon' as channel, 'DE' as market, date '2026-01-05' as posted_date,
           'Order' as transaction_type, 'ItemPrice' as amount_type, 'Principal' as amount_description, 'principal' as fee_code,
           'gross_sales' as step, 100 as amount, 'EUR' as currency, true as is_sale, false as is_balance_move, false as unmapped,
           timestamptz '2026-01-11' as known_at, 1 as load_id, 3 as record_no;
       insert into facts.bank_payout values
         ('bank', 'b1', 'eu', 's1', '2026-01-13', 118, 'USD', 100, 'EUR', 0.5, null, '2026-01-13', 1, 4)`
    );
    await build();
    const [month] = await ask('fx_month');
    // Sent 100 EUR = 120 USD that day, 117.50 after the bank's fee; 110 USD when it was earned.
    expect(month).toMatchObject({
      month: '2026-01',
      fee_spread: '-2.5000',
      timing: '10.0000',
      revaluation: '0.0000',
      total: '7.5000'
    });
    expect(await steps({ basis: 'posted' })).toEqual({ fx_result: '7.5000' });
    expect((await ask('settlement_bridge'))[0]).toMatchObject({
      residual: '0.0000',
      bank_amount: '118.0000',
      bank_difference: '0.0000',
      status: 'balanced'
    });
  });
});

describe('ways of doing business', () => {
  it('are what the reports say of an order, or what the seller says of the account', async () => {
    await putEntries(connection, [
      { step: 'gross_sales', amount: '30', quantity: 1, order_date: '2026-01-05' },
      { step: 'selling_fees', amount: '-3', order_date: '2026-01-05' }
    ]);
    await build();
    expect(await ask('mode_totals')).toMatchObject([
      { mode: 'b2c', gross_sales: '30.0000', fees: '-3.0000', share: 1 }
    ]);
    await connection.run(`insert into facts.account_mode values ('acc', 'f2c')`);
    expect(await ask('mode_totals')).toMatchObject([{ mode: 'f2c', net_revenue: '30.0000' }]);
  });
});
