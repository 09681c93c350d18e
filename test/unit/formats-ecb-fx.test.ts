import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const rates = fixture('eurofxref-hist.csv');

describe('ecb-fx', () => {
  const home = new FreshHome();
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([rates]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes a day as one record, however many currencies it holds', () => {
    expect(report).toMatchObject({
      format: 'ecb-fx',
      account: 'ecb',
      rows_read: 5,
      rows_loaded: 2
    });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({ NUMBER_UNREADABLE: 1, NO_RATE: 1, DATE_UNREADABLE: 1 });
  });

  it('gives each currency its own row and makes up none for N/A', async () => {
    const rows = await home.rows(
      `select currency, per_eur from facts.fx_rate where rate_date = date '2026-03-03' order by currency`
    );
    expect(rows).toEqual([
      { currency: 'CHF', per_eur: 0.9241 },
      { currency: 'CNY', per_eur: 7.9967 },
      { currency: 'CZK', per_eur: 24.365 },
      { currency: 'GBP', per_eur: 0.87105 },
      { currency: 'JPY', per_eur: 186.43 },
      { currency: 'USD', per_eur: 1.1711 }
    ]);
  });

  it('does not make the euro the seller’s reporting currency', async () => {
    const settings = await import('../../etl/warehouse/settings.ts');
    expect(settings.readSettings(home.path).reporting_currency).toBeNull();
  });

  it('never rewrites a published day', async () => {
    const [changed] = await home.load([fixture('eurofxref-changed.csv')]);
    expect(reasonsOf(changed)).toEqual({ CONFLICT: 1 });
    const [usd] = await home.rows(
      `select per_eur from facts.fx_rate where currency = 'USD' and rate_date = date '2026-03-04'`
    );
    expect(usd).toEqual({ per_eur: 1.1684 });
  });

  it('changes nothing when the same days come again', async () => {
    const [again] = await home.loadAgain([rates]);
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 2 });
  });
});
