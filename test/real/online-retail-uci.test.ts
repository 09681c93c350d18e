import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { FreshHome, isAccountedFor } from '../fixtures/fresh-home.ts';
import { describeReal, filesOf, independently, rawRows } from './real-data.ts';

const mapping = { mapping: 'uci-online-retail' };

const ledgerByCountry = `
  select l.market, sum(l.amount) filter (l.step = 'gross_sales')::decimal(18, 4)::varchar as gross_sales,
    coalesce(sum(l.amount) filter (l.step = 'refunds'), 0)::decimal(18, 4)::varchar as refunds,
    coalesce(sum(l.amount) filter (l.step = 'shipping_income'), 0)::decimal(18, 4)::varchar as shipping,
    sum(l.quantity)::bigint as units, any_value(o.orders)::bigint as orders
  from facts.ledger_entry l
  join (select market, count(*) as orders from facts.order_count group by market) o using (market)
  group by l.market order by l.market`;

/** The mapping's rules once more, written from the data set's description and run on the raw file. */
const rawByCountry = (file: string): string => `
  with line as (
    select *, upper(StockCode) as code, Quantity::bigint as q,
      Quantity::decimal(18, 3) * UnitPrice::decimal(18, 3) as money
    from ${rawRows(file)}
  ), named as (
    select *, InvoiceNo like 'C%' as is_cancelled, InvoiceNo like 'A%' as is_adjustment,
      code in ('POST', 'DOT', 'C2') as is_shipping,
      code in ('AMAZONFEE', 'BANK CHARGES', 'CRUK', 'S', 'D') as is_other, code = 'M' as is_manual,
      code like 'GIFT_0001%' as is_voucher
    from line
  ), goods as (
    select *, not (is_adjustment or is_shipping or is_other or is_manual or is_voucher) as is_goods
    from named
  )
  select Country as country,
    sum(money) filter ((not is_cancelled and (is_goods or is_voucher) or is_manual) and not is_adjustment)::decimal(18, 4)::varchar as gross_sales,
    coalesce(sum(money) filter (is_cancelled and (is_goods or is_voucher)), 0)::decimal(18, 4)::varchar as refunds,
    coalesce(sum(money) filter (is_shipping and not is_adjustment), 0)::decimal(18, 4)::varchar as shipping,
    coalesce(sum(q) filter (is_goods and not (not is_cancelled and q < 0 and UnitPrice::double = 0)), 0)::bigint as units,
    count(distinct InvoiceNo) filter (not is_cancelled and not is_adjustment)::bigint as orders
  from goods group by Country`;

describeReal('online-retail-uci', (folder) => {
  const home = new FreshHome();
  const file = join(folder, 'online-retail.csv.gz');
  const days = filesOf(join(folder, 'by-day'));
  let report: FileReport | undefined;
  let between: FileReport[] = [];
  beforeAll(async () => {
    await home.load(days.slice(0, 9), mapping);
    [report] = await home.load([file], mapping);
    between = await home.load(days.slice(9), mapping);
  });
  afterAll(() => {
    home.remove();
  });

  it('reads all 541,909 lines and accounts for each', () => {
    expect(report).toMatchObject({ status: 'loaded', rows_read: 541_909, rows_rejected: 0 });
    expect(report && isAccountedFor(report)).toBe(true);
  });

  it('sums every ledger entry to 9,747,747.9340', async () => {
    const [sum] = await home.rows(
      'select sum(amount)::decimal(18, 4)::varchar as amount from facts.ledger_entry'
    );
    expect(sum).toEqual({ amount: '9747747.9340' });
  });

  it('says for each of 38 markets what the raw file says', async () => {
    const names = new Map(
      (await home.rows('select spelling, market from facts.country_name')).map((row) => [
        String(row['spelling']),
        String(row['market'])
      ])
    );
    const raw = (await independently(rawByCountry(file))).map(({ country, ...cells }) => {
      const name = String(country).toLowerCase();
      return { market: names.get(name) ?? `x-${name.replaceAll(' ', '-')}`, ...cells };
    });
    const expected = raw.sort((a, b) => (a.market < b.market ? -1 : 1));
    const booked = await home.rows(ledgerByCountry);
    expect(booked).toHaveLength(38);
    expect(booked).toEqual(expected);
  });

  it('changes nothing for a day that was loaded before, between or after the year', async () => {
    expect(between).toHaveLength(9);
    for (const day of between) {
      expect(day.rows_loaded + day.rows_updated + day.rows_rejected, day.file).toBe(0);
    }
    const again = await home.load(days.slice(0, 9), mapping);
    expect(again.every((day) => day.status === 'unchanged')).toBe(true);
  });

  it('ends with the same ledger whichever file came first', async () => {
    const other = new FreshHome();
    await other.load([file, ...days], mapping);
    expect(await other.steps()).toEqual(await home.steps());
    other.remove();
  });
});
