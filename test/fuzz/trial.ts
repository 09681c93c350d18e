import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileReport } from '../../etl/load/report.ts';
import { runLoad } from '../../etl/load/run-load.ts';
import { currentGeneration } from '../../etl/warehouse/generations.ts';
import { openGeneration } from '../../etl/warehouse/open.ts';
import { packageRoot } from '../../etl/warehouse/package-root.ts';
import { isAccountedFor } from '../fixtures/fresh-home.ts';
import { contentHashes, differences } from '../fixtures/table-hashes.ts';
import type { Mutated, Truth } from './mutated.ts';
import { sellerFolder } from './originals.ts';
import type { Sheet } from './sheet.ts';

/** What a file came to in a home of its own. */
export interface Trial {
  reports: FileReport[];
  facts: Record<string, string>;
  faults: string[];
  /** Time of the processor: the clock on the wall tells how busy the machine is. */
  ms: number;
}

/** Checks that need no marts: nothing may be lost or made up, whatever the file. */
const conserving = [
  'file_rows_add_up',
  'rejected_rows_are_kept',
  'ledger_scopes_are_whole',
  'ledger_holds_each_settlement_line',
  'settlement_equals_deposit'
];
const mangledIds = [
  ['order_line', 'order_id'],
  ['refund', 'refund_id'],
  ['store_sale', 'receipt_no'],
  ['settlement_entry', 'settlement_id'],
  ['settlement_entry', 'order_id']
].map(
  ([table = '', column = '']) =>
    `select ${column} as offender, 'mangled id in ${table}' as detail from facts.${table}
     where regexp_full_match(${column}, '\\d([.,]\\d+)?[eE]\\+\\d+')`
);

/** Loads one file into a fresh home and says what became of it and what was wrong with that. */
export async function trial(
  folder: string,
  accounts: string,
  { sheet, mutated }: { sheet: Sheet; mutated: Mutated }
): Promise<Trial> {
  rmSync(folder, { recursive: true, force: true });
  const home = join(folder, 'home');
  const seller = join(folder, 'seller');
  sellerFolder(seller, accounts, sheet.mapping === undefined ? [{ ...sheet, ...mutated }] : []);
  const mapped = join(folder, mutated.name);
  if (sheet.mapping !== undefined) writeFileSync(mapped, mutated.bytes);
  mkdirSync(home, { recursive: true });
  const started = process.cpuUsage();
  const reports = await runLoad(
    {
      home,
      paths: [sheet.mapping === undefined ? seller : mapped],
      account: undefined,
      format: undefined,
      mapping: sheet.mapping,
      dryRun: false
    },
    { now: () => new Date(0), report: () => undefined, progress: () => undefined },
    async () => undefined
  );
  const { user, system } = process.cpuUsage(started);
  const ms = (user + system) / 1000;
  const faults = [...faultsOf(reports, home), ...(await offences(home))];
  return { reports, facts: await contentHashes(home), faults, ms };
}

function faultsOf(reports: FileReport[], home: string): string[] {
  const faults = reports.flatMap((report) => [
    ...(isAccountedFor(report) ? [] : ['rows do not add up']),
    ...(report.status === 'refused' && report.reasons.length === 0
      ? ['refused without a reason']
      : []),
    ...(report.rows_rejected > 0 && report.reasons.length === 0
      ? ['rejected without a reason']
      : []),
    ...report.reasons.flatMap((r) => (r.text.length < 12 ? [`${r.code} says nothing`] : [])),
    ...report.reasons.flatMap((r) =>
      /Error|SQL|undefined|null|\bat /.test(r.text)
        ? [`${r.code} speaks like a machine: ${r.text}`]
        : []
    )
  ]);
  if (reports.length === 0) faults.push('no report');
  const temp = join(home, 'tmp');
  const strays = readdirSync(home).includes('tmp') ? readdirSync(temp) : [];
  return strays.length > 0 ? [...faults, `left behind: ${strays.join(', ')}`] : faults;
}

async function offences(home: string): Promise<string[]> {
  const number = currentGeneration(home);
  if (number === undefined) return [];
  const generation = await openGeneration(home, number);
  try {
    const connection = await generation.connect();
    const checks = join(packageRoot(), 'etl', 'checks');
    const texts = conserving.map((name) => readFileSync(join(checks, `${name}.sql`), 'utf8'));
    const found: string[] = [];
    for (const sql of [...texts, ...mangledIds]) {
      const [first] = await connection.rows(sql);
      if (first !== undefined) found.push(JSON.stringify(first));
    }
    return found;
  } finally {
    generation.close();
  }
}

/** How a trial differs from what its mutation must lead to. */
export function untruths(truth: Truth, got: Trial, original: Trial): string[] {
  const [report] = got.reports;
  const codes = report?.reasons.map((reason) => reason.code).join(', ') ?? '';
  if (truth === undefined || report === undefined) return [];
  if (truth.is === 'refused') {
    const isRight = report.status === 'refused' && truth.codes.includes(codes);
    return isRight
      ? []
      : [`should be refused (${truth.codes.join('/')}): ${report.status} ${codes}`];
  }
  if (truth.is === 'same') {
    const money = JSON.stringify([report.money, original.reports[0]?.money]);
    const other = differences(original.facts, got.facts).slice(0, 3);
    const isSameMoney = money === JSON.stringify([report.money, report.money]);
    return [...other, ...(isSameMoney ? [] : [`money ${money}`])].map((what) => `${codes} ${what}`);
  }
  const before = original.reports[0]?.rows_rejected ?? 0;
  const taken = report.rows_read - report.rows_rejected;
  if (taken < truth.intact - before || report.rows_rejected > truth.rejected + before) {
    const wish = `${String(truth.intact)} intact, ${String(truth.rejected)} rejected`;
    return [`should be ${wish}: ${report.status} ${taken}, ${report.rows_rejected} ${codes}`];
  }
  return [];
}
