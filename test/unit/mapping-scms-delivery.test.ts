import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

describe('scms-delivery mapping', () => {
  const home = new FreshHome();
  const load = () => home.load([fixture('scms-delivery.tsv')], { mapping: 'scms-delivery' });
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await load();
  });
  afterAll(() => {
    home.remove();
  });

  it('reads a file whose lines end in a bare carriage return and names what it cannot take', () => {
    expect(report).toMatchObject({ format: 'scms-delivery', rows_read: 5, rows_loaded: 3 });
    expect(reasonsOf(report)).toEqual({ DATE_UNREADABLE: 1, QUANTITY_NOT_A_NUMBER: 1 });
    expect(report?.money).toEqual({ USD: '8784.24' });
    expect(report && isAccountedFor(report)).toBe(true);
  });

  it('takes words for no number and no date, and 8/6/13 for the 6th of August 2013', async () => {
    const rows = await home.rows(
      `select shipment_id, line_no, mode, destination, ordered_on::varchar as ordered_on,
         received_on::varchar as received_on, quantity::integer as quantity, weight_kg, freight::varchar as freight
       from facts.inbound_line order by line_no`
    );
    const first = {
      shipment_id: 'ASN-1',
      mode: 'air',
      destination: 'CI',
      ordered_on: '2013-08-06',
      received_on: '2013-11-09'
    };
    expect(rows).toEqual([
      { ...first, line_no: 101, quantity: 200, weight_kg: 13, freight: '780.3400' },
      { ...first, line_no: 102, quantity: 50, weight_kg: null, freight: null },
      {
        shipment_id: 'DN-7',
        line_no: 103,
        mode: null,
        destination: 'VN',
        ordered_on: null,
        received_on: '2006-12-14',
        quantity: 1000,
        weight_kg: null,
        freight: null
      }
    ]);
  });

  it('keeps each day as a milestone, and none where there was no order day', async () => {
    const rows = await home.rows(
      `select shipment_id, code, classifier, count(*) as n from facts.milestone
       group by all order by all`
    );
    expect(rows).toEqual([
      { shipment_id: 'ASN-1', code: 'delivered', classifier: 'actual', n: 2 },
      { shipment_id: 'ASN-1', code: 'delivered', classifier: 'planned', n: 2 },
      { shipment_id: 'ASN-1', code: 'ordered', classifier: 'actual', n: 2 },
      { shipment_id: 'DN-7', code: 'delivered', classifier: 'actual', n: 1 },
      { shipment_id: 'DN-7', code: 'delivered', classifier: 'planned', n: 1 }
    ]);
  });
});
