import type { Connection } from '../warehouse/connection.ts';
import type { TextFile } from './decode.ts';
import { codesOf, reasonOf } from './reasons.ts';
import type { MergeAnswer } from './merge.ts';
import type { Outcome } from './report.ts';
import { type Staged, viewSuffix } from './stage.ts';
import { literal } from './sql-text.ts';

export interface FateOfFile {
  file: TextFile;
  outcome: Outcome;
}

const merged = `'loaded', 'updated', 'unchanged'`;

/**
 * Makes the temporary fate readable: every record of the batch with exactly one fate. A record that fills several tables
 * takes the gravest: a problem, then updated, then loaded, then unchanged.
 */
export async function makeFates(
  connection: Connection,
  staged: Staged,
  answers: MergeAnswer[]
): Promise<void> {
  const { role, file } = staged.detection;
  const severalRowsPerRecord =
    file.targets.length > 1 || file.targets.some((target) => target.mapSql !== undefined);
  const outcomes = severalRowsPerRecord
    ? `select record_no, case
           when bool_or(outcome not in (${merged})) then min(outcome) filter (outcome not in (${merged}))
           when bool_or(outcome = 'updated') then 'updated'
           when bool_or(outcome = 'loaded') then 'loaded'
           else 'unchanged' end as fate
         from record_outcome group by record_no`
    : 'select record_no, outcome as fate from record_outcome';
  const noData = `select record_no, row_kind as fate from stg_all${viewSuffix(role)} where row_kind is not null
     union all select record_no, code from broken_line_${role}`;
  if (answers.includes('all loaded')) {
    // Every typed row was new: there is nothing to look up, and nothing to write down.
    await connection.run(
      `create or replace temp view fate as ${noData}
       union all select record_no, coalesce(problem, 'loaded') from typed`
    );
    return;
  }
  await connection.run(
    `create or replace temp table written_fate as ${noData}
     union all select record_no, problem from typed where problem is not null
     union all ${outcomes};
     create or replace temp view fate as from written_fate`
  );
}

/** The fates counted file by file, with the notices and the money of what was taken. */
export async function fatesOf(connection: Connection, staged: Staged): Promise<FateOfFile[]> {
  const fates = staged.files.map((file, index) => ({
    file,
    outcome: emptyOutcome((staged.rows[index] ?? 0) + (staged.broken[index] ?? 0))
  }));
  const counts = await connection.rows(
    `select file_of(record_no) as file_index, fate, count(*) as n, record_of(min(record_no)) as first_record
     from fate group by file_of(record_no), fate order by min(record_no)`
  );
  for (const row of counts) {
    const outcome = fates[Number(row['file_index'])]?.outcome;
    if (outcome !== undefined) addFate(outcome, String(row['fate']), row);
  }
  const columns = new Set(
    (await connection.rows('describe typed')).map((row) => String(row['column_name']))
  );
  if (columns.has('notice')) {
    await addNotices(
      connection,
      fates,
      columns.has('notice_detail') ? 'notice_detail' : 'null::varchar'
    );
  }
  if (columns.has('cells_total')) await addMoney(connection, fates);
  return fates;
}

function emptyOutcome(rowsRead: number): Outcome {
  return {
    rows_read: rowsRead,
    rows_loaded: 0,
    rows_updated: 0,
    rows_unchanged: 0,
    rows_skipped: 0,
    rows_rejected: 0,
    reasons: [],
    money: {}
  };
}

function addFate(outcome: Outcome, fate: string, row: Record<string, unknown>): void {
  const count = Number(row['n']);
  if (fate === 'loaded') outcome.rows_loaded += count;
  else if (fate === 'updated') outcome.rows_updated += count;
  else if (fate === 'unchanged') outcome.rows_unchanged += count;
  else {
    const { kind, text } = reasonOf(fate);
    if (kind === 'skipped') outcome.rows_skipped += count;
    else outcome.rows_rejected += count;
    const first = Number(row['first_record']);
    outcome.reasons.push({ code: fate, count, first_record: first, text });
  }
}

/** What is loaded and still worth a word: unknown statuses, unknown fee types, and what the rows name. */
async function addNotices(
  connection: Connection,
  fates: FateOfFile[],
  detail: string
): Promise<void> {
  const rows = await connection.rows(
    `select file_of(record_no) as file_index, notice, count(*) as n, record_of(min(record_no)) as first_record,
       array_to_string(list_sort(list(distinct ${detail}))[:5], ', ') as detail
     from typed where notice is not null and problem is null
     group by file_of(record_no), notice order by min(record_no)`
  );
  for (const row of rows) {
    fates[Number(row['file_index'])]?.outcome.reasons.push({
      code: String(row['notice']),
      count: Number(row['n']),
      first_record: Number(row['first_record']),
      text: withDetail(reasonOf(String(row['notice'])).text, row['detail'])
    });
  }
}

const withDetail = (text: string, detail: unknown): string =>
  typeof detail === 'string' && detail !== '' ? `${text} (${detail})` : text;

/** Per currency, the sum of the money cells of the rows that were loaded or updated. */
async function addMoney(connection: Connection, fates: FateOfFile[]): Promise<void> {
  const rows = await connection.rows(
    `select file_of(t.record_no) as file_index, t.currency, sum(t.cells_total)::decimal(18, 4)::varchar as total
     from typed t anti join (select record_no from fate where fate not in ('loaded', 'updated')) f using (record_no)
     where t.currency is not null
     group by file_of(t.record_no), t.currency order by t.currency`
  );
  for (const row of rows) {
    const money = fates[Number(row['file_index'])]?.outcome.money;
    if (money !== undefined) money[String(row['currency'])] = trimZeros(String(row['total']));
  }
}

/** At least two decimals, never a cut: 123.4500 -> 123.45, 1.2345 stays. */
function trimZeros(amount: string): string {
  return amount.replace(/(\.\d\d\d*?)0+$/, '$1');
}

/** Keeps the staged cells of each rejected record as JSON, without personal columns; broken lines as their text. */
export async function keepRejected(connection: Connection, staged: Staged): Promise<void> {
  const { role } = staged.detection;
  const rejected = codesOf('rejected').map(literal).join(', ');
  const any = await connection.value(`select 1 from fate where fate in (${rejected}) limit 1`);
  if (any === null) return;
  await connection.run(
    `insert into facts.rejected_row
     select b.load_id, record_of(f.record_no), f.fate, coalesce(l.raw, to_json(s)::varchar, '')
     from fate f
     join batch_file b on b.file_index = file_of(f.record_no)
     left join broken_line_${role} l on l.record_no = f.record_no
     left join (select * exclude (row_kind) from stg_all${viewSuffix(role)}) s on s.record_no = f.record_no
     where f.fate in (${rejected})`
  );
}
