import { readFileSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { FreshHome } from '../fixtures/fresh-home.ts';
import { describeReal, filesOf, independently, unpackedCopies } from './real-data.ts';

describeReal('scms-delivery', (folder) => {
  const home = new FreshHome();
  const mapping = 'scms-delivery';
  const work = mkdtempSync(join(tmpdir(), 'portolan-real-'));
  const plain = join(work, 'deliveries.tsv');
  let report: FileReport | undefined;
  beforeAll(async () => {
    const text = gunzipSync(readFileSync(join(folder, 'SCMS_Delivery_History_Dataset.tsv.gz')));
    writeFileSync(plain, text.toString('utf8').replaceAll('\r', '\n'));
    [report] = await home.load(filesOf(folder), { mapping });
  });
  afterAll(() => {
    home.remove();
    rmSync(work, { recursive: true });
  });

  const raw = `(select "Shipment Mode" as mode, "Country" as country,
      try_strptime("PO Sent to Vendor Date", '%m/%d/%y')::date as ordered_on,
      strptime("Scheduled Delivery Date", '%d-%b-%y')::date as due_on,
      strptime("Delivered to Client Date", '%d-%b-%y')::date as delivered_on,
      try_cast("Freight Cost (USD)" as decimal(18, 4)) as freight, try_cast("Weight (Kilograms)" as double) as weight_kg,
      "Line Item Value"::decimal(18, 4) as goods_value, "Line Item Quantity"::integer as quantity,
      coalesce("Line Item Insurance (USD)"::decimal(18, 4), 0) as insurance
    from read_csv('${plain}', all_varchar = true, delim = '\\t', quote = '"'))`;

  it('takes all 10,324 lines', () => {
    expect(report).toMatchObject({
      status: 'loaded',
      rows_read: 10324,
      rows_loaded: 10324,
      rows_rejected: 0
    });
  });

  it('holds the published counts: freight, weights, order days, deliveries, delays', async () => {
    const [counts] = await home.rows(
      `select count(*) as lines, count(freight) as freights, count(weight_kg) as weights,
         count(ordered_on) as order_days, min(received_on)::varchar as first_day,
         max(received_on)::varchar as last_day, count(*) filter (received_on > expected_on) as late,
         median(received_on - ordered_on)::integer as median_days, count(distinct destination) as countries
       from facts.inbound_line`
    );
    expect(counts).toEqual({
      lines: 10324,
      freights: 6198,
      weights: 6372,
      order_days: 4592,
      first_day: '2006-05-02',
      last_day: '2015-09-14',
      late: 1186,
      median_days: 92,
      countries: 43
    });
    const [milestones] = await home.rows(
      `select count(*) filter (code = 'ordered') as ordered, count(*) filter (classifier = 'planned') as planned,
         count(*) filter (code = 'delivered' and classifier = 'actual') as delivered from facts.milestone`
    );
    expect(milestones).toEqual({ ordered: 4592, planned: 10324, delivered: 10324 });
  });

  it('holds the published freight and days of each mode', async () => {
    const modes = await home.rows(
      `select mode, count(*) as lines, median(received_on - ordered_on)::integer as days,
         sum(freight)::decimal(18, 2)::varchar as freight
       from facts.inbound_line group by mode order by lines desc`
    );
    expect(modes).toEqual([
      { mode: 'air', lines: 6113, days: 99, freight: '43038623.50' },
      { mode: 'truck', lines: 2830, days: 4, freight: '11865688.23' },
      { mode: 'air_charter', lines: 650, days: 64, freight: '8926108.48' },
      { mode: 'ocean', lines: 371, days: 167, freight: '3590728.79' },
      { mode: null, lines: 360, days: 3, freight: '1396700.41' }
    ]);
  });

  it('equals the raw file in every year and mode', async () => {
    const sums = (mode: string, from: string) =>
      `select year(delivered_on)::integer as year, ${mode} as mode, count(*) as lines,
         sum(goods_value)::decimal(18, 4)::varchar as goods, sum(freight)::decimal(18, 4)::varchar as freight,
         sum(weight_kg)::bigint as weight, sum(insurance)::decimal(18, 4)::varchar as insurance,
         sum(quantity)::bigint as quantity, sum(delivered_on - ordered_on)::bigint as days
       from ${from} group by all order by all`;
    const expected = await independently(
      sums(`case mode when 'N/A' then null else replace(lower(mode), ' ', '_') end`, raw)
    );
    const stored = await home.rows(
      sums(
        'mode',
        `(select * replace (coalesce(insurance, 0) as insurance), received_on as delivered_on from facts.inbound_line)`
      )
    );
    expect(stored).toEqual(expected);
  });

  it('changes nothing when the same rows come again as another file', async () => {
    const copies = unpackedCopies(filesOf(folder));
    try {
      const [again] = await home.load([copies], { mapping });
      expect(again).toMatchObject({ rows_read: 10324, rows_unchanged: 10324 });
    } finally {
      rmSync(copies, { recursive: true });
    }
    expect(await home.rows('select count(*) as n from facts.inbound_line')).toEqual([{ n: 10324 }]);
  });
});
