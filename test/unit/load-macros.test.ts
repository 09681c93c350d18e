import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { openInMemory, type Warehouse } from '../../etl/warehouse/open.ts';
import { packageRoot } from '../../etl/warehouse/package-root.ts';

let warehouse: Warehouse;
let connection: Connection;
beforeAll(async () => {
  warehouse = await openInMemory();
  connection = await warehouse.connect();
  await connection.run(
    `set variable decimal_mark = '.'; set variable date_order = 'ymd';
     create temp table staged_file (file_index bigint, source_path varchar, snapshot_at timestamptz)`
  );
  await connection.run(readFileSync(join(packageRoot(), 'etl', 'load', 'macros.sql'), 'utf8'));
});
afterAll(() => {
  warehouse.close();
});

async function read(call: string, x: string): Promise<unknown> {
  return connection.value(`select ${call}`, { x });
}

describe('a number', () => {
  it.each([
    ['10.50', '10.5000'],
    ['1,234.50', '1234.5000'],
    ['1,13,529.99', '113529.9900'],
    ['$1,000.00', '1000.0000'],
    ['12.30 €', '12.3000'],
    ['US $1,012.30', '1012.3000'],
    ['(12.30)', '-12.3000'],
    ['12.30-', '-12.3000'],
    ['−5', '-5.0000'],
    ['\u202f5', '5.0000']
  ])('with a decimal point is read: %s', async (x, value) => {
    await connection.run(`set variable decimal_mark = '.'`);
    expect(await read('number_of($x)::varchar', x)).toBe(value);
  });

  it.each([
    ['10,50', '10.5000'],
    ['1.234,50', '1234.5000'],
    ['1\u00a0234,50', '1234.5000'],
    ['1.234', '1234.0000']
  ])('with a decimal comma is read: %s', async (x, value) => {
    await connection.run(`set variable decimal_mark = ','`);
    expect(await read('number_of($x)::varchar', x)).toBe(value);
  });

  it.each([
    ['.', '10,50'],
    ['.', '1.234,50'],
    ['.', '12,,3'],
    [',', '10.50'],
    [',', '1,234.50'],
    ['.', 'abc'],
    ['.', '--'],
    ['.', 'N/A'],
    ['.', '1e3'],
    ['.', 'NaN'],
    ['.', '99999999999999999999'],
    ['.', '2026-01-01']
  ])('is never guessed: with mark %s, %s is none', async (mark, x) => {
    await connection.run(`set variable decimal_mark = '${mark}'`);
    expect(await read('number_of($x)', x)).toBeNull();
    expect(await read('is_bad_number($x)', x)).toBe(true);
  });

  it.each([
    ['IDR', '39.000', '39000.0000'],
    ['IDR', '1.250.000', '1250000.0000'],
    ['IDR', '39000', '39000.0000'],
    ['THB', '39.000', '39.0000']
  ])('in %s is read: %s', async (currency, x, value) => {
    await connection.run(`set variable decimal_mark = '.'; set variable currency = '${currency}'`);
    expect(await read('local_number_of($x)::varchar', x)).toBe(value);
    expect(await read('is_bad_local_number($x)', x)).toBe(false);
  });

  it('may be absent without being bad', async () => {
    expect(await read('is_bad_number($x)', '  ')).toBe(false);
  });
});

describe('a date', () => {
  it.each([
    ['dmy', '04/03/2026', '2026-03-04'],
    ['mdy', '04/03/2026', '2026-04-03'],
    ['mdy', '12/31/99', '1999-12-31'],
    ['dmy', '04.03.26', '2026-03-04'],
    ['ymd', '2026/3/4', '2026-03-04'],
    ['ymd', '13/03/2026', '2026-03-13'],
    ['ymd', '03/13/2026', '2026-03-13'],
    ['ymd', '03/03/2026', '2026-03-03'],
    ['ymd', '04.03.2026', '2026-03-04'],
    ['mdy', '2026-03-04T23:00:00Z', '2026-03-04']
  ])('is read in the order of the account (%s): %s', async (order, x, day) => {
    await connection.run(`set variable date_order = '${order}'`);
    expect(await read('date_of($x)::varchar', x)).toBe(day);
  });

  it.each([
    ['dmy', '03/13/2026'],
    ['mdy', '13/03/2026'],
    ['dmy', '31/02/2026'],
    ['ymd', '46085'],
    ['ymd', '04/03/2026'],
    ['ymd', '2026-02-30']
  ])('that is none is not bent into one (%s): %s', async (order, x) => {
    await connection.run(`set variable date_order = '${order}'`);
    expect(await read('date_of($x)::varchar', x)).toBeNull();
  });

  it('far from any business is implausible', async () => {
    expect(await read('coalesce(is_plausible_day(date_of($x)), false)', '0001-01-01')).toBe(false);
    expect(await read('coalesce(is_plausible_day(date_of($x)), false)', 'infinity')).toBe(false);
    expect(await read('is_plausible_day(date_of($x))', '2026-03-04')).toBe(true);
  });

  it.each([
    ['2026-10-01T08:04:21+00:00', '2026-10-01 08:04:21+00'],
    ['2026-10-02 10:14:40 -0400', '2026-10-02 14:14:40+00'],
    ['2026-10-02 10:14:40 UTC', '2026-10-02 10:14:40+00']
  ])('with its own offset is an instant: %s', async (x, instant) => {
    expect(await read('instant_of($x)::varchar', x)).toBe(instant);
  });

  it('in an hour that stands twice or not at all is still one instant', async () => {
    const local = (x: string) => read(`local_instant($x, 'Europe/Berlin')::varchar`, x);
    expect(await local('2026-10-25 02:30:00')).toMatch(/^2026-10-25 0[01]:30:00\+00$/);
    expect(await local('2026-03-29 02:30:00')).toMatch(/^2026-03-29 0[01]:30:00\+00$/);
  });
});

describe('an id', () => {
  it.each([
    ['5.8E+17', true],
    ['5,8e+17', true],
    ['702-1234567-1234567', false],
    ['A+B', false]
  ])('rounded by a spreadsheet is told: %s', async (x, isMangled) => {
    expect(await read('is_mangled_id($x)', x)).toBe(isMangled);
  });

  it('keeps its zeros and loses the guard a spreadsheet needed', async () => {
    expect(await read('text_of($x)', '="00123"')).toBe('00123');
    expect(await read('text_of($x)', ' 00123 ')).toBe('00123');
  });
});
