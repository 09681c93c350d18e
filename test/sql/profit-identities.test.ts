import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runChecks } from '../../etl/checks/run-checks.ts';
import type { Row } from '../../etl/warehouse/rows.ts';
import { type Built, exact, openBooks, total } from './books.ts';
import { fillBook, randomBook } from './random-book.ts';

const seeds = [1, 2, 3];
const drivers = ['by_step', 'revenue', 'units', 'volume', 'none'];
const subtotals = ['net_revenue', 'cm1', 'cm2', 'cm3', 'net_profit'];

const sumOf = (rows: Row[], steps?: string[]): bigint =>
  total(
    rows.filter((row) => steps?.includes(String(row['step'])) ?? true),
    'amount'
  );

describe.each(seeds)('a book of a seller (%i)', (seed) => {
  let built: Built;
  beforeAll(async () => {
    built = await openBooks((connection) => fillBook(connection, randomBook(seed)));
  });
  afterAll(() => {
    built.close();
  });

  it('says the same profit by channel, by step and by product with what no driver reaches', async () => {
    {
      const { ask } = built;
      for (const basis of ['ordered', 'posted']) {
        const channels = await ask('channel_profit', { basis });
        const steps = (await ask('ledger_steps', { basis })).filter(
          ({ step }) => step !== 'unmapped'
        );
        const company = ['overhead', 'fx_result'];
        const upToCm3 = steps.filter(({ step }) => !company.includes(String(step)));
        expect(total(channels, 'cm3')).toBe(total(upToCm3, 'amount'));
        expect(total(channels, 'net_profit')).toBe(total(steps, 'amount'));
        for (const row of channels) {
          const own = await ask('ledger_steps', { basis, channel: String(row['channel']) });
          expect(sumOf(own) - sumOf(own, ['unmapped'])).toBe(exact(row['net_profit']));
        }
        for (const driver of drivers) {
          const products = await ask('sku_profit', { basis, driver });
          expect(total(products, 'cm3')).toBe(total(channels, 'cm3'));
          expect(total(products, 'cm3_direct') + total(products, 'allocated')).toBe(
            total(products, 'cm3')
          );
          const pools = await ask('allocation_drivers', { basis, driver });
          expect(total(pools, 'shared') + total(pools, 'residual')).toBe(total(pools, 'amount'));
        }
      }
    }
  });

  it('adds the steps up to each subtotal', async () => {
    {
      const { ask } = built;
      for (const row of await ask('channel_profit')) {
        const parts = Object.keys(row).slice(4, 23);
        let sum = 0n;
        for (const name of parts) {
          if (subtotals.includes(name)) expect(sum, name).toBe(exact(row[name]));
          else sum += exact(row[name]);
        }
      }
    }
  });

  it('explains every payout: subtotals are the sums of their lines, nothing is left unexplained', async () => {
    {
      const { ask } = built;
      const periods: Record<string, string>[] = [
        {},
        { from: '2026-02-01', to: '2026-03-31' },
        { from: '2026-05-01', to: '2026-05-31' }
      ];
      for (const period of periods) {
        const rows = await ask('payout_bridge', period);
        for (const account of ['amz-us', 'amz-de', 'shop']) {
          let sum = 0n;
          for (const row of rows.filter((line) => line['account'] === account)) {
            if (row['kind'] === 'subtotal')
              expect(sum, String(row['step'])).toBe(exact(row['amount']));
            else sum += exact(row['amount']);
            if (String(row['step']).startsWith('unexplained')) expect(row['amount']).toBe('0.0000');
          }
        }
        expect(rows.length).toBeGreaterThan(50);
        // No tax is settled on its own in these books: what is charged for orders is not tax.
        const tax = rows.filter((row) => row['step'] === 'tax');
        expect(tax.map((row) => row['amount'])).toEqual(['0.0000', '0.0000', '0.0000']);
      }
      const bridge = await ask('settlement_bridge');
      expect(bridge.every((row) => row['residual'] === '0.0000')).toBe(true);
      for (const row of bridge) {
        const parts = [
          'sales',
          'refunds',
          'fees',
          'advertising',
          'other',
          'tax',
          'balance',
          'unmapped'
        ];
        expect(parts.reduce((sum, name) => sum + exact(row[name]), 0n)).toBe(exact(row['deposit']));
      }
    }
  });

  it('splits exchange results into spread, timing and revaluation; what was paid is not revalued', async () => {
    {
      const { ask, connection } = built;
      const months = await ask('fx_month');
      for (const row of months) {
        const parts = ['fee_spread', 'timing', 'revaluation'].map((name) => exact(row[name]));
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(exact(row['total']));
      }
      expect(months.some((row) => row['revaluation'] !== '0.0000')).toBe(true);
      for (const account of ['amz-us', 'amz-de', 'shop']) {
        const own = months.filter((row) => row['account'] === account);
        expect(total(own, 'revaluation'), account).toBe(0n);
      }
      const [realised] = await connection.rows(
        'select sum(result)::varchar as result from marts.fx_result'
      );
      expect(total(months, 'total')).toBe(exact(realised?.['result']));
      expect(sumOf(await ask('ledger_steps', { basis: 'posted' }), ['fx_result'])).toBe(
        exact(realised?.['result'])
      );
    }
  });

  it('values open money at each month’s last rate', async () => {
    {
      const { connection } = built;
      const missing = await connection.rows(
        `with open_at as (
       select distinct e.currency, last_day(m.month) as day
       from facts.settlement_entry e join facts.settlement s using (account, settlement_id)
       join facts.bank_payout b on b.settlement_id = s.settlement_id,
       unnest(generate_series(date_trunc('month', e.posted_date)::timestamp, b.paid_on::timestamp, interval 1 month)) as m(month)
       where last_day(m.month) < b.paid_on
     )
     select o.* from open_at o left join marts.mart_fx f using (currency, day) where f.rate is null`
      );
      expect(missing).toEqual([]);
    }
  });

  it('moves from one period’s profit to the other’s in effects that add up exactly', async () => {
    {
      const { ask } = built;
      const periods = {
        from: '2026-03-01',
        to: '2026-04-30',
        compare_from: '2026-01-01',
        compare_to: '2026-02-28'
      };
      const places: Record<string, string>[] = [
        {},
        { market: 'DE' },
        { channel: 'own_store' },
        { market: 'GB', channel: 'amazon' }
      ];
      for (const place of places) {
        for (const basis of ['ordered', 'posted']) {
          const rows = await ask('market_bridge', { ...periods, ...place, basis });
          const after = exact(rows.find((row) => row['effect'] === 'after')?.['amount']);
          const others = rows.filter((row) => row['effect'] !== 'after');
          expect(total(others, 'amount')).toBe(after);
          const now = await ask('ledger_steps', {
            from: periods.from,
            to: periods.to,
            basis,
            ...place
          });
          expect(after).toBe(sumOf(now) - sumOf(now, ['unmapped', 'overhead', 'fx_result']));
        }
      }
    }
  });

  it('owes a store what the ledger books as handling and delivery', async () => {
    {
      const { ask, connection } = built;
      const statement = await ask('store_settlement');
      const lines = await ask('store_settlement_lines', { limit: '500' });
      const [booked] = await connection.rows(
        `select (-sum(amount))::decimal(18, 4)::varchar as due from marts.cost_entry
         where source_table = 'store_fulfilment' and step in ('store_handling', 'last_mile')`
      );
      expect(total(statement, 'due')).toBe(exact(booked?.['due']));
      expect(total(statement, 'due')).toBe(
        total(lines, 'handling_fee') + total(lines, 'freight') + total(lines, 'claw_back')
      );
      for (const row of statement) {
        const due = exact(row['handling_fee']) + exact(row['freight']) + exact(row['claw_back']);
        expect(due).toBe(exact(row['due']));
      }
      const gaps = await ask('profit_gaps');
      const without = gaps.filter((row) => row['kind'] === 'no_contract');
      expect(without).toMatchObject([{ what: 'paris', lines: 6 }]);
    }
  });

  it('breaks no promise', async () => {
    const { connection } = built;
    const failed = (await runChecks(connection)).filter(({ status }) => status === 'failed');
    expect(failed).toEqual([]);
  });
});
