import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import type { Row } from '../../etl/warehouse/rows.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const american = fixture('amazon-fee-preview_2026-04-01T03-00-00Z.txt');
const european = fixture('amazon-fee-preview-eu_2026-04-01.txt');

const estimates = (home: FreshHome): Promise<Row[]> =>
  home.rows(
    `select snapshot_date::varchar as day, sku, referral::varchar as referral, fulfilment::varchar as fulfilment,
       storage::varchar as storage, total::varchar as total, currency
     from facts.fee_estimate order by day, sku`
  );

describe('amazon-fee-preview, American columns', () => {
  const home = new FreshHome([account('amazon-us')]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([american]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes the rows of its own country and names what it cannot take', () => {
    expect(report).toMatchObject({
      format: 'amazon-fee-preview',
      rows_read: 14,
      rows_loaded: 3
    });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      OTHER_STORE: 1,
      REPEATED_ROW: 1,
      NO_ESTIMATE: 1,
      ID_REPEATED: 2,
      AMOUNT_NOT_A_NUMBER: 1,
      SKU_MISSING: 1,
      CURRENCY_MISSING: 1,
      ID_MANGLED: 1,
      MARKET_UNKNOWN: 1,
      AMOUNT_NEGATIVE: 1
    });
    expect(report?.money).toEqual({ USD: '19.51' });
  });

  it('keeps positive fees of a unit, and leaves open what is not said', async () => {
    const row = { day: '2026-03-31', storage: null, currency: 'USD' };
    expect(await estimates(home)).toEqual([
      { ...row, sku: 'BOOK-1', referral: '1.5000', fulfilment: null, total: '5.2500' },
      { ...row, sku: 'LAMP-1', referral: '4.2000', fulfilment: '5.1100', total: '9.3100' },
      { ...row, sku: 'MUG-1', referral: '1.8000', fulfilment: '3.1500', total: '4.9500' }
    ]);
  });

  it('books nothing', async () => {
    expect(await home.steps()).toEqual({});
  });

  it('changes nothing when the same file comes again, and keeps the next day beside it', async () => {
    const [again] = await home.loadAgain([american]);
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 3 });
    const next = join(home.path, 'fee-preview_20260402.txt');
    copyFileSync(american, next);
    const [second] = await home.load([next]);
    expect(second).toMatchObject({ rows_loaded: 3 });
    expect((await estimates(home)).map(({ day }) => day)).toEqual([
      ...Array.from({ length: 3 }, () => '2026-03-31'),
      ...Array.from({ length: 3 }, () => '2026-04-02')
    ]);
  });
});

describe('amazon-fee-preview, read by other accounts', () => {
  const read = async (facts: Parameters<typeof account>[1], path: string) => {
    const home = new FreshHome([account('amazon', facts)]);
    const [report] = await home.load([path]);
    const rows = await estimates(home);
    home.remove();
    return { report, rows };
  };
  const euro = { currency: 'EUR', tax_inclusive: true, date_order: 'dmy' } as const;

  it('takes Canada’s row for Canada, on the day of the account’s own zone', async () => {
    const canada = { market: 'CA', currency: 'CAD', time_zone: 'Asia/Tokyo' };
    const { rows } = await read(canada, american);
    expect(rows).toMatchObject([
      { day: '2026-04-01', sku: 'LAMP-1', fulfilment: '7.2000', currency: 'CAD' }
    ]);
  });

  it('reads European columns with decimal commas; a SKU of four countries counts once', async () => {
    const { report, rows } = await read(
      { ...euro, market: 'DE', time_zone: 'Europe/Berlin' },
      european
    );
    expect(report).toMatchObject({ rows_read: 5, rows_loaded: 2 });
    expect(reasonsOf(report)).toEqual({ OTHER_STORE: 3 });
    expect(rows).toMatchObject([
      { day: '2026-04-01', sku: 'LAMP-1', referral: '4.5000', fulfilment: '3.9200' },
      { day: '2026-04-01', sku: 'MUG-1', referral: '1.3500', fulfilment: '2.7200' }
    ]);
  });

  it('knows a store by its code, its older code and its address', async () => {
    const british = await read(
      { market: 'GB', currency: 'GBP', time_zone: 'America/Los_Angeles' },
      european
    );
    expect(british.rows).toMatchObject([{ day: '2026-04-01', sku: 'LAMP-1', total: '7.1000' }]);
    const italian = await read({ ...euro, market: 'IT', time_zone: 'Europe/Rome' }, european);
    expect(italian.rows).toMatchObject([{ sku: 'MUG-1', fulfilment: '2.9500' }]);
  });

  it('refuses a preview whose name does not say when it was made', async () => {
    const other = new FreshHome([account('amazon-us')]);
    const undated = join(other.path, 'fee-preview.txt');
    copyFileSync(american, undated);
    const [report] = await other.load([undated]);
    other.remove();
    expect(report?.status).toBe('refused');
    expect(reasonsOf(report)).toEqual({ SNAPSHOT_DATE_MISSING: 1 });
  });
});
