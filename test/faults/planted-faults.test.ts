import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import type { Row } from '../../etl/warehouse/rows.ts';
import type { BuiltHome } from '../fixtures/built-home.ts';
import { isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import {
  cleanSet,
  costLots,
  type Files,
  type Line,
  line,
  orders,
  ratesOf,
  settlementFile,
  settlementPath,
  settlements,
  totalOf,
  withSet
} from './clean-set.ts';

type Figures = Record<string, Row[]>;

/** What a seller reads off, on both bases and in each market. */
async function figures(home: BuiltHome): Promise<Figures> {
  const all: Figures = {};
  for (const basis of ['ordered', 'posted']) {
    for (const market of ['US', 'DE']) {
      all[`${market} ${basis} steps`] = await home.ask('ledger_steps', { basis, market });
      all[`${market} ${basis} products`] = await home.ask('sku_profit', { basis, market });
    }
    all[`${basis} markets`] = await home.ask('market_totals', { basis });
    all[`${basis} channels`] = await home.ask('channel_profit', { basis });
  }
  all['settlements'] = await home.ask('settlement_bridge');
  all['payouts'] = await home.ask('payout_bridge');
  all['stock'] = await home.rows('from marts.lot_left order by lot');
  return all;
}

const [first, second] = settlements;
if (first === undefined || second === undefined) throw new Error('two settlements are needed');
const firstPath = settlementPath(first.id);
const nameOf = (path: string) => path.split('/').at(-1) ?? '';
const without = (files: Files, path: string): Files =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));
const gapsOf = async (home: BuiltHome, kind: string) =>
  (await home.ask('profit_gaps')).filter((row) => row['kind'] === kind);
const textOf = (report: FileReport | undefined) => report?.reasons[0]?.text ?? '';

let clean: Figures;
let unsettled: Figures;
beforeAll(async () => {
  clean = await withSet(cleanSet(), async (home, reports) => {
    expect([...reports.values()].flatMap(({ reasons }) => reasons)).toEqual([]);
    expect(home.failedChecks()).toEqual({});
    expect(await home.ask('profit_gaps')).toEqual([]);
    return figures(home);
  });
  unsettled = await withSet(without(cleanSet(), firstPath), figures);
});

/** The first settlement with other lines, still stating its true deposit. */
const told = (lines: Line[]): Files => ({
  ...cleanSet(),
  [firstPath]: settlementFile({ ...first, lines }, totalOf(first.lines))
});
/** Such a file is refused whole, and everything else is as if it had never come. */
const refused = (lines: Line[], text: string) =>
  withSet(told(lines), async (home, reports) => {
    const report = reports.get(nameOf(firstPath));
    expect(report).toMatchObject({ status: 'refused', rows_loaded: 0 });
    expect(reasonsOf(report)).toEqual({ BALANCE: 1 });
    expect(textOf(report)).toContain(text);
    expect(await figures(home)).toEqual(unsettled);
    const others = [...reports.values()].filter((other) => other !== report);
    expect(others.every(({ status }) => status === 'loaded')).toBe(true);
  });

describe('a settlement that does not add up is refused whole', () => {
  it('a settlement line that was removed: the file is refused, by how much and what is not there', async () => {
    const lines = first.lines.filter(
      ({ kind, order }) => !(kind[1] === 'Commission' && order === orders[2])
    );
    const stated = totalOf(first.lines).toFixed(4);
    await refused(
      lines,
      `Settlement 9100000001 states ${stated}; its lines add up to ${(totalOf(first.lines) + 4.5).toFixed(4)}, 4.5000 USD too much. ` +
        `Order ${orders[2]?.id ?? ''} has no line ItemFees Commission as the others have.`
    );
  });

  it('an amount with the wrong sign: the file is refused, and the line named', async () => {
    const lines = first.lines.map((row) =>
      row.kind[1] === 'Commission' && row.order === orders[1]
        ? { ...row, amount: -row.amount }
        : row
    );
    await refused(
      lines,
      '12.0000 USD too much. Record 7 (ItemFees Commission, 6.0000) is half the difference: its sign may be wrong.'
    );
  });

  it('a line that stands twice: the file is refused, and the line named', async () => {
    const lines = first.lines.flatMap((row) =>
      row.kind[1] === 'Storage Fee' ? [row, { ...row }] : [row]
    );
    await refused(
      lines,
      '1.1100 USD too little. Record 17 (other-transaction Storage Fee, -1.1100) is the difference and stands there twice.'
    );
  });

  it('a line that only other settlements still have: named from what was loaded before', async () => {
    await withSet(without(cleanSet(), firstPath), async (home, _, folder) => {
      const lines = first.lines.filter(({ kind }) => kind[1] !== 'Storage Fee');
      writeFileSync(join(folder, firstPath), told(lines)[firstPath] ?? '');
      const [report] = (await home.load([folder])).filter(({ file }) => file === nameOf(firstPath));
      expect(textOf(report)).toContain(
        '1.1100 USD too much. No line other-transaction Storage Fee as other settlements have.'
      );
      expect(await figures(home)).toEqual(unsettled);
    });
  });
});

describe('a fault in one file', () => {
  it('a file that came twice under two names: nothing counts twice, at once or later', async () => {
    const copies = Object.fromEntries(
      Object.entries(cleanSet())
        .filter(([path]) => path.startsWith('inbox/'))
        .map(([path, text]) => [path.replace(/(\.\w+)$/, ' (1)$1'), text])
    );
    await withSet({ ...cleanSet(), ...copies }, async (home, reports) => {
      expect([...reports.values()].every(isAccountedFor)).toBe(true);
      const loaded = [...reports.values()].reduce((sum, report) => sum + report.rows_loaded, 0);
      const [once] = await home.rows(`select count(*) as n from facts.settlement_entry`);
      expect(once?.['n']).toBe(first.lines.length + 7 + 4 + 3);
      expect(loaded).toBeGreaterThan(60);
      expect(await figures(home)).toEqual(clean);
      expect(home.failedChecks()).toEqual({});
    });
    await withSet(cleanSet(), async (home, _, folder) => {
      renameSync(join(folder, firstPath), join(folder, 'inbox/amazon-us/download.txt'));
      renameSync(
        join(folder, 'inbox/portolan/cost-lots.csv'),
        join(folder, 'inbox/portolan/lots.csv')
      );
      const again = await home.load([folder]);
      expect(again.map(({ status }) => status)).toEqual(again.map(() => 'unchanged'));
      expect(await figures(home)).toEqual(clean);
    });
  });

  it('a fee nobody has seen: kept beside the profit, named with its line, every step as before', async () => {
    const lines = [
      ...first.lines,
      line(['other-transaction', 'Moon Landing Fee'], -0.77, '2026-03-07')
    ];
    const files = { ...cleanSet(), [firstPath]: settlementFile({ ...first, lines }) };
    await withSet(files, async (home, reports) => {
      expect(reasonsOf(reports.get(nameOf(firstPath)))).toEqual({ TYPE_UNKNOWN: 1 });
      expect(home.failedChecks()).toEqual({ nothing_unmapped: 'amazon-us USD: -0.7700' });
      expect(await home.ask('profit_gaps')).toMatchObject([
        {
          kind: 'unmapped',
          what: 'amazon-us',
          market: 'US',
          amount: '-0.7700',
          file: nameOf(firstPath),
          record: 17
        }
      ]);
      const now = await figures(home);
      for (const basis of ['ordered', 'posted']) {
        const steps = `US ${basis} steps`;
        expect(now[steps]?.find((row) => row['step'] === 'unmapped')?.['amount']).toBe('-0.7700');
        expect(now[steps]?.filter((row) => row['step'] !== 'unmapped')).toEqual(
          clean[steps]?.filter((row) => row['step'] !== 'unmapped')
        );
        expect(now[`US ${basis} products`]).toEqual(clean[`US ${basis} products`]);
        expect(now[`${basis} channels`]).toMatchObject([{ unmapped_amount: '-0.7700' }]);
      }
      const [bridge] = (now['settlements'] ?? []).filter(
        (row) => row['settlement_id'] === first.id
      );
      expect(bridge).toMatchObject({ unmapped: '-0.7700', residual: '0.0000' });
    });
  });

  it('days without exchange rates: the amounts are named and left out, no rate is made up', async () => {
    const rates = ratesOf((day) => day < '2026-03-10');
    const files = { ...cleanSet(), 'inbox/ecb/eurofxref-hist.csv': rates };
    await withSet(files, async (home) => {
      expect(Object.keys(home.failedChecks())).toEqual(['every_amount_has_a_rate']);
      expect(await home.ask('profit_gaps')).toMatchObject([
        {
          kind: 'missing_rate',
          what: 'EUR',
          market: 'DE',
          channel: 'amazon',
          lines: 3,
          amount: '27.8600',
          currency: 'EUR'
        }
      ]);
      const now = await figures(home);
      const american = Object.keys(clean).filter(
        (name) => name.startsWith('US ') || name === 'stock'
      );
      for (const name of [...american, 'settlements', 'payouts'])
        expect(now[name], name).toEqual(clean[name]);
      const german = (now['ordered markets'] ?? []).find((row) => row['market'] === 'DE');
      expect(german).toMatchObject({ gross_sales: '0.0000', unconverted: 3 });
    });
  });

  it('a sold product without a cost: named with its sales, every other product as before', async () => {
    const files = { ...cleanSet(), 'inbox/portolan/cost-lots.csv': costLots(['LAMP']) };
    await withSet(files, async (home) => {
      expect(await home.ask('profit_gaps')).toMatchObject([
        {
          kind: 'missing_cost',
          what: 'MUG',
          market: 'US',
          lines: 3,
          amount: '50.0000',
          currency: 'USD'
        }
      ]);
      const now = await figures(home);
      const lamp = (rows: Row[] | undefined) =>
        rows
          ?.filter((row) => row['sku'] === 'LAMP')
          .map(({ rank: _, rank_direct: __, ...row }) => row);
      for (const name of ['US ordered products', 'US posted products', 'DE ordered products'])
        expect(lamp(now[name]), name).toEqual(lamp(clean[name]));
      const bare = (rows: Row[] | undefined) =>
        rows?.filter((row) => row['step'] !== 'landed_cost');
      for (const name of ['US ordered steps', 'US posted steps', 'DE posted steps'])
        expect(bare(now[name]), name).toEqual(bare(clean[name]));
      const [channel] = now['ordered channels'] ?? [];
      expect(channel?.['known_cost_share']).toBeLessThan(0.8);
      expect(clean['ordered channels']?.[0]?.['known_cost_share']).toBe(1);
    });
  });

  it('a settlement between two others that never came: its days are named', async () => {
    await withSet(without(cleanSet(), settlementPath(second.id)), async (home) => {
      expect(await gapsOf(home, 'missing_settlement')).toMatchObject([
        {
          what: 'amazon-us 2026-03-08 – 2026-03-15',
          market: 'US',
          file: 'settlement-9100000003.txt'
        }
      ]);
    });
  });

  it('orders settled in two reports: the settlement speaks, the date range report is silent', async () => {
    const columns =
      'date/time,settlement id,type,order id,sku,description,quantity,marketplace,product sales,promotional rebates,selling fees,fba fees,other transaction fees,other,total';
    const row = (id: string, sku: string, units: number, money: string) =>
      `"Mar 9, 2026 1:00:00 PM PDT",9100000002,Order,${id},${sku},${sku},${String(units)},amazon.com,${money}`;
    const report = [
      columns,
      row(orders[4]?.id ?? '', 'MUG', 1, '10.00,0,-1.50,-3.07,0,0,5.43'),
      row(orders[5]?.id ?? '', 'LAMP', 2, '40.00,0,-6.00,-6.14,0,0,27.86'),
      ''
    ].join('\n');
    const files = { ...cleanSet(), 'inbox/amazon-us/date-range.csv': report };
    await withSet(files, async (home, reports) => {
      expect(reports.get('date-range.csv')).toMatchObject({
        format: 'amazon-date-range-transactions',
        status: 'loaded',
        rows_loaded: 2
      });
      expect(await figures(home)).toEqual(clean);
      expect(home.failedChecks()).toEqual({});
      expect(await home.ask('profit_gaps')).toEqual([]);
    });
  });
});
