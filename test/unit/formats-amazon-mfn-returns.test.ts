import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const returns = fixture('amazon-mfn-returns.txt');

const lines = (home: FreshHome) =>
  home.rows(
    `select return_id, quantity::integer as units, reason, disposition, returned_at::varchar as returned_at,
       known_at::varchar as known_at
     from facts.return_line order by return_id`
  );

describe('amazon-mfn-returns', () => {
  const home = new FreshHome([account('amazon-us')]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([returns]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes what came back, leaves mere requests for later, and says what it cannot take', () => {
    expect(report).toMatchObject({ format: 'amazon-mfn-returns', rows_read: 16, rows_loaded: 5 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      NOT_BACK_YET: 2,
      REPEATED_ROW: 1,
      ID_REPEATED: 2,
      SKU_MISSING: 1,
      QUANTITY_NOT_A_NUMBER: 1,
      QUANTITY_NOT_POSITIVE: 1,
      DATE_UNREADABLE: 1,
      ID_MISSING: 1,
      ID_MANGLED: 1
    });
  });

  it('names a line by order, RMA and SKU, on the local day, and guesses no condition', async () => {
    const order = '114-3000001-0000001';
    const line = { disposition: 'unknown' };
    expect(await lines(home)).toMatchObject([
      {
        ...line,
        return_id: `${order}|DPORTA01RMA|LAMP-1`,
        units: 2,
        reason: 'cr-unwanted_item',
        // The clocks of Los Angeles had gone forward the day before.
        returned_at: '2026-03-09 07:00:00+00',
        known_at: '2026-03-10 07:00:00+00'
      },
      { ...line, return_id: `${order}|DPORTA01RMA|MUG-1`, units: 1 },
      { ...line, return_id: `${order}|DPORTA02RMA|LAMP-1`, units: 1 },
      {
        ...line,
        return_id: '114-3000001-0000004|OWN-7|MUG-1',
        returned_at: '2026-03-11 02:00:00+00',
        known_at: '2026-03-11 07:00:00+00'
      },
      { ...line, return_id: '114-3000001-0000005|DPORTA05RMA|MUG-1' }
    ]);
  });

  it('books no money', async () => {
    expect(await home.steps()).toEqual({});
  });

  it('changes nothing when the same file comes again', async () => {
    const [again] = await home.loadAgain([returns]);
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 5 });
  });

  it('takes a return once a later file says that the goods came back', async () => {
    const [later] = await home.load([fixture('amazon-mfn-returns-later.txt')]);
    expect(later).toMatchObject({ rows_loaded: 1, rows_unchanged: 1, rows_skipped: 1 });
    expect(await lines(home)).toHaveLength(6);
  });

  it('means the day of the account’s own zone', async () => {
    const british = new FreshHome([
      account('amazon-gb', { market: 'GB', currency: 'GBP', time_zone: 'Europe/London' })
    ]);
    await british.load([returns]);
    expect((await lines(british))[0]).toMatchObject({
      returned_at: '2026-03-09 00:00:00+00',
      known_at: '2026-03-10 00:00:00+00'
    });
    british.remove();
  });
});
