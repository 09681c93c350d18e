import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Account } from '../../etl/warehouse/settings.ts';
import { account, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { contentHashes } from '../fixtures/table-hashes.ts';

const scratch = scratchFolder();
const homes: FreshHome[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) home.remove();
});
function freshHome(): FreshHome {
  const till: Partial<Account> = {
    platform: 'pos',
    channel: 'retail_store',
    market: 'DE',
    currency: 'EUR'
  };
  const home = new FreshHome([
    account('till', { ...till, time_zone: 'UTC' }),
    account('amazon-us')
  ]);
  homes.push(home);
  return home;
}

let serial = 0;
const till = (...rows: string[]) =>
  scratch.write(
    `till-${String((serial += 1))}.csv`,
    ['store_code,receipt_no,sold_at,qty,line_total,currency,sku', ...rows, ''].join('\n')
  );
const receipt = (no: string, total: string, day = '2026-03-02') =>
  `S1,${no},${day}T10:00:00Z,1,${total},EUR,MUG`;

const orderColumns = [
  ...[
    'amazon-order-id',
    'purchase-date',
    'last-updated-date',
    'order-status',
    'sales-channel',
    'sku'
  ],
  ...['item-status', 'quantity', 'currency', 'item-price']
];
const orders = (...rows: string[][]) =>
  scratch.write(
    `orders-${String((serial += 1))}.txt`,
    [orderColumns, ...rows, []].map((row) => row.join('\t')).join('\n')
  );
const line = (order: string, updated: string, price: string, sku = 'MUG') => [
  ...[
    order,
    '2026-03-01T10:00:00+00:00',
    `2026-03-${updated}T10:00:00+00:00`,
    'Shipped',
    'Amazon.com'
  ],
  ...[sku, 'Shipped', '1', 'USD', price]
];

const gross = async (home: FreshHome) => (await home.steps())['gross_sales'];

describe('a record that comes again', () => {
  it('in a newer state replaces the older one whole', async () => {
    const home = freshHome();
    await home.load([orders(line('A-1', '02', '10.00'), line('A-1', '02', '5.00', 'PEN'))], {
      account: 'amazon-us'
    });
    const [report] = await home.load([orders(line('A-1', '03', '12.00'))], {
      account: 'amazon-us'
    });
    expect(report).toMatchObject({ rows_updated: 1, rows_loaded: 0 });
    expect(await gross(home)).toBe('12.0000');
  });

  it('in an older state is skipped, whatever the order of loading', async () => {
    const home = freshHome();
    await home.load([orders(line('A-1', '05', '12.00'))], { account: 'amazon-us' });
    const [report] = await home.load([orders(line('A-1', '02', '10.00'))], {
      account: 'amazon-us'
    });
    expect(report).toMatchObject({ rows_skipped: 1, rows_rejected: 0 });
    expect(reasonsOf(report)).toEqual({ OLDER_VERSION: 1 });
    expect(await gross(home)).toBe('12.0000');
  });

  it('with fewer lines of the same version changes nothing', async () => {
    const home = freshHome();
    await home.load([till(receipt('R-1', '10.00'), receipt('R-1', '4.00'))], { account: 'till' });
    const [report] = await home.load(
      [till(receipt('R-1', '10.00'), receipt('R-9', '1.00', '2026-03-09'))],
      {
        account: 'till'
      }
    );
    expect(report && isAccountedFor(report)).toBe(true);
    expect(await gross(home)).toBe('15.0000');
  });

  it('restated by a later file takes the later state, in either order of loading', async () => {
    const early = till(receipt('R-1', '10.00'), receipt('R-2', '1.00', '2026-03-03'));
    const late = till(receipt('R-1', '11.00'), receipt('R-3', '2.00', '2026-03-20'));
    const results = [];
    for (const files of [
      [early, late],
      [late, early]
    ]) {
      const home = freshHome();
      for (const file of files) await home.load([file], { account: 'till' });
      results.push(await gross(home));
    }
    expect(results).toEqual(['14.0000', '14.0000']);
  });

  it('beside its other state in one load comes out as if loaded one by one', async () => {
    const files = [
      till(receipt('R-1', '10.00'), receipt('R-2', '1.00', '2026-03-03')),
      till(receipt('R-1', '11.00'), receipt('R-3', '2.00', '2026-03-20')),
      till(receipt('R-4', '3.00')),
      orders(line('A-1', '02', '10.00'), line('A-2', '02', '7.00')),
      orders(line('A-1', '05', '12.00'))
    ];
    const owner = (file: string) => (file.endsWith('.txt') ? 'amazon-us' : 'till');
    const together = freshHome();
    for (const name of ['till', 'amazon-us']) {
      const own = files.filter((file) => owner(file) === name);
      const reports = await together.load(own, { account: name });
      expect(reports.every(isAccountedFor)).toBe(true);
    }
    const apart = freshHome();
    for (const file of files.toReversed()) await apart.load([file], { account: owner(file) });
    expect(await contentHashes(together.path)).toEqual(await contentHashes(apart.path));
  });

  it('in the same file, pasted twice, counts once', async () => {
    const home = freshHome();
    const head = 'store_code,receipt_no,sold_at,qty,line_total,currency,sku';
    const [report] = await home.load(
      [till(receipt('R-1', '10.00'), head, receipt('R-1', '11.00'), receipt('R-2', '2.00'))],
      { account: 'till' }
    );
    expect(reasonsOf(report)).toEqual({ REPEATED_HEADER: 1, SUPERSEDED_IN_FILE: 1 });
    expect(await gross(home)).toBe('13.0000');
  });
});

describe('a damaged file', () => {
  it('loses its own rows and touches no other file of the load', async () => {
    const home = freshHome();
    const reports = await home.load(
      [
        till(receipt('R-1', '10.00')),
        till(receipt('R-2', '"10,00"'), 'S1,R-3', receipt('R-4', '1.00')),
        till(receipt('R-5', '2.00')),
        scratch.write('prose.csv', 'hello, world\n')
      ],
      { account: 'till' }
    );
    expect(reports.map((report) => report.status).sort()).toEqual([
      'loaded',
      'loaded',
      'loaded',
      'refused'
    ]);
    expect(reports.every(isAccountedFor)).toBe(true);
    expect(await gross(home)).toBe('13.0000');
    const kept = await home.rows('select code from facts.rejected_row order by code');
    expect(kept).toEqual([{ code: 'AMOUNT_NOT_A_NUMBER' }, { code: 'COLUMN_COUNT' }]);
  });

  it('with decimal commas is read by them, even of one row and lines of an old Mac', async () => {
    const home = freshHome();
    const one = till(receipt('R-1', '"10,50"'));
    const mac = scratch.write('mac.csv', readFileSync(one, 'utf8').trim().replaceAll('\n', '\r'));
    const [report] = await home.load([mac], { account: 'till' });
    expect(report).toMatchObject({ rows_loaded: 1, money: { EUR: '10.50' } });
  });

  it('is refused whole when two columns of one name disagree, and read when they agree', async () => {
    const home = freshHome();
    const head = 'store_code,receipt_no,sold_at,qty,line_total,currency,sku,line_total';
    const twice = (last: string) =>
      scratch.write(`twice-${last}.csv`, `${head}\n${receipt('R-1', '10.00')},${last}\n`);
    const [refused] = await home.load([twice('99.00')], { account: 'till' });
    expect(refused).toMatchObject({ status: 'refused', reasons: [{ code: 'SAME_COLUMN_TWICE' }] });
    const [loaded] = await home.load([twice('10.00')], { account: 'till' });
    expect(loaded).toMatchObject({ status: 'loaded', rows_loaded: 1 });
  });
});
