import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const returns = fixture('amazon-fba-returns.txt');

describe('amazon-fba-returns', () => {
  const home = new FreshHome([account('amazon-us')]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([returns]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each unit and says what it cannot take', () => {
    expect(report).toMatchObject({ format: 'amazon-fba-returns', rows_read: 10, rows_loaded: 7 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      ID_MANGLED: 1,
      QUANTITY_NOT_A_NUMBER: 1,
      DATE_MISSING: 1,
      CONDITION_UNKNOWN: 1
    });
  });

  it('tells units that can be sold again from those that cannot', async () => {
    const rows = await home.rows(
      `select disposition, sum(quantity)::integer as units from facts.return_line group by 1 order by 1`
    );
    expect(rows).toEqual([
      { disposition: 'customer_damaged', units: 1 },
      { disposition: 'damaged', units: 1 },
      { disposition: 'defective', units: 1 },
      { disposition: 'resellable', units: 3 },
      { disposition: 'unknown', units: 1 }
    ]);
  });

  it('keeps two units that are alike in every cell', async () => {
    const rows = await home.rows(
      `select distinct return_id from facts.return_line where order_id = '113-2000001-0000003'`
    );
    expect(rows).toHaveLength(2);
  });

  it('books no money and keeps no comment', async () => {
    expect(await home.steps()).toEqual({});
    const [kept] = await home.rows(
      `select count(*)::integer as n from facts.rejected_row where raw like '%great%'`
    );
    expect(kept).toEqual({ n: 0 });
  });

  it('dates a unit by the instant, so that its day is the account’s own', async () => {
    const days = await home.rows(
      `select timezone('America/Los_Angeles', returned_at)::date::varchar as us,
         timezone('Asia/Tokyo', returned_at)::date::varchar as jp
       from facts.return_line where return_id = 'LPNPA000000001'`
    );
    expect(days).toEqual([{ us: '2026-03-01', jp: '2026-03-02' }]);
  });

  it('changes nothing when the same rows come again, as tabs or as the commas of Seller Central', async () => {
    const [again] = await home.loadAgain([returns]);
    expect(again?.status).toBe('loaded');
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 7 });
    const csv = join(home.path, 'returns.csv');
    writeFileSync(
      csv,
      'return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,detailed-disposition,reason,status\n' +
        '2026-03-03T10:00:00+00:00,113-2000001-0000003,MUG-1,B1,X1,"Mug, blue",1,LEX1,SELLABLE,UNWANTED_ITEM,Reimbursed\n' +
        '2026-03-03T10:00:00+00:00,113-2000001-0000003,MUG-1,B1,X1,"Mug, blue",1,LEX1,SELLABLE,UNWANTED_ITEM,Reimbursed\n'
    );
    const [comma] = await home.load([csv]);
    expect(comma).toMatchObject({ rows_unchanged: 2, rows_rejected: 0 });
    const [count] = await home.rows('select count(*)::integer as n from facts.return_line');
    expect(count).toEqual({ n: 7 });
  });
});
