import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { BuiltHome } from '../fixtures/built-home.ts';
import { isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { describeReal, filesOf, independently, rawRows } from './real-data.ts';

const years = ['2017', '2018', '2019'];

describeReal('adventureworks', (folder) => {
  const home = new BuiltHome();
  let reports: FileReport[] = [];
  beforeAll(async () => {
    reports = await home.load(filesOf(folder));
  });
  afterAll(() => {
    home.remove();
  });

  /** Every line with its price and cost, written from the files' own words. */
  const lines = `
    select p."ProductSKU" as sku, s."TerritoryKey" as territory, strptime(s."OrderDate", '%m/%d/%Y')::date as day,
      case t."Country" when 'Australia' then 'AU' when 'Canada' then 'CA' when 'France' then 'FR' when 'Germany' then 'DE'
        when 'United Kingdom' then 'GB' when 'United States' then 'US' end as market,
      s."OrderQuantity"::integer as units, s."OrderQuantity"::integer * p."ProductPrice"::decimal(18, 4) as sales,
      s."OrderQuantity"::integer * p."ProductCost"::decimal(18, 4) as cost
    from (${years.map((year) => `select * from ${rawRows(join(folder, `AdventureWorks_Sales_${year}.csv.gz`))}`).join(' union all by name ')}) s
    join ${rawRows(join(folder, 'AdventureWorks_Products.csv'))} p using ("ProductKey")
    join ${rawRows(join(folder, 'AdventureWorks_Territories.csv'))} t on t."Territory" = s."TerritoryKey"`;

  it('reads each file whole and rejects only returns of products that the list lacks', () => {
    const sales = reports.filter(({ file }) => file.includes('Sales'));
    expect(sales.map(({ rows_loaded }) => rows_loaded).sort()).toEqual([23935, 2630, 29481]);
    expect(reports.every(isAccountedFor)).toBe(true);
    const faulty = reports.filter(({ rows_rejected }) => rows_rejected > 0);
    expect(faulty.map((report) => [report.file.split('/').at(-1), reasonsOf(report)])).toEqual([
      ['AdventureWorks_Returns.csv', { PARENT_MISSING: 6 }]
    ]);
  });

  it('holds the published lines and units, and two customers’ orders of one number apart', async () => {
    const [counts] = await home.rows(
      `select count(*) as lines, sum(quantity)::integer as units, count(distinct order_id) as orders,
         (select count(*) from facts.product) as products from facts.order_line`
    );
    expect(counts).toEqual({ lines: 56046, units: 84174, orders: 25164, products: 293 });
  });

  it('earns on each product, market and year what the files say, to the hundredth of a cent', async () => {
    const expected = await independently(
      `select sku, market, year(day) as year, sum(units)::integer as units, sum(sales)::decimal(18, 4)::varchar as sales,
         sum(sales - cost)::decimal(18, 4)::varchar as margin
       from (${lines}) group by all order by all`
    );
    const booked = await home.rows(
      `select sku, market, year(day) as year, sum(units)::integer as units,
         (sum(amount) filter (step = 'gross_sales'))::decimal(18, 4)::varchar as sales,
         sum(amount)::decimal(18, 4)::varchar as margin
       from marts.mart_sku_day where basis = 'ordered' group by all order by all`
    );
    expect(expected.length).toBeGreaterThan(1000);
    expect(booked).toEqual(expected);
  });

  it('earns in each territory and year what the files say', async () => {
    const expected = await independently(
      `select territory, year(day) as year, sum(sales - cost)::decimal(18, 4)::varchar as margin
       from (${lines}) group by all order by all`
    );
    const booked = await home.rows(
      `select replace(o.fulfilment, 'territory ', '') as territory, year(l.order_date) as year,
         sum(l.amount - l.quantity * c.landed)::decimal(18, 4)::varchar as margin
       from facts.ledger_entry l join facts.order_line o using (account, order_id, load_id, record_no)
       join facts.product_cost c on c.sku = l.sku
       group by all order by all`
    );
    expect(expected).toHaveLength(28);
    expect(booked).toEqual(expected);
  });

  it('answers the same profit by channel, by step and by product, all costs known, all checks kept', async () => {
    const [total] = await independently(
      `select sum(sales)::decimal(18, 4)::varchar as sales, sum(sales - cost)::decimal(18, 4)::varchar as margin from (${lines})`
    );
    const [channel] = await home.ask('channel_profit');
    expect(channel).toMatchObject({
      channel: 'own_store',
      gross_sales: total?.['sales'],
      cm1: total?.['margin'],
      cm3: total?.['margin'],
      known_cost_share: 1
    });
    const products = await home.ask('sku_profit');
    const added = products.reduce(
      (sum, row) => sum + BigInt(String(row['cm3']).replace('.', '')),
      0n
    );
    expect(added).toBe(BigInt(String(total?.['margin']).replace('.', '')));
    expect(home.failedChecks()).toEqual({});
  });
});
