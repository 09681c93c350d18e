import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { FreshHome, isAccountedFor } from '../fixtures/fresh-home.ts';
import { describeReal, filesOf, independently } from './real-data.ts';

describeReal('ecb-fx', (folder) => {
  const home = new FreshHome();
  const [file = ''] = filesOf(folder);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([file]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes all 6,983 working days', () => {
    expect(report).toMatchObject({ format: 'ecb-fx', rows_read: 6983, rows_loaded: 6983 });
    expect(report && isAccountedFor(report)).toBe(true);
  });

  it('holds every published rate of every currency and no other', async () => {
    const expected = await independently(
      `select name as currency, count(*) as days, sum(rate::double) as rates from (
         unpivot (select columns(c -> c <> 'Date' and c <> 'column42') from read_csv('${file}', all_varchar = true,
           header = true)) on columns(*) into name name value rate)
       where rate <> 'N/A' group by name order by name`
    );
    const stored = await home.rows(
      'select currency, count(*) as days, sum(per_eur) as rates from facts.fx_rate group by 1 order by 1'
    );
    expect(stored.map(({ currency, days }) => [currency, days])).toEqual(
      expected.map(({ currency, days }) => [currency, days])
    );
    stored.forEach((row, index) => {
      expect(Number(row['rates'])).toBeCloseTo(Number(expected[index]?.['rates']), 4);
    });
  });
});
