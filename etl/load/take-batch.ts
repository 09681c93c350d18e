import type { Connection } from '../warehouse/connection.ts';
import { type Batch, setContext } from './context.ts';
import { RefusedFile } from './decode.ts';
import { type MergeAnswer, mergeTarget } from './merge.ts';
import { type FateOfFile, fatesOf, makeFates } from './fate.ts';
import { identifier } from './sql-text.ts';
import { viewSuffix } from './stage.ts';

/** What the audit needs to know of each file of the batch. */
export interface TakenFile extends FateOfFile {
  loadId: number;
  firstDate: string | null;
  lastDate: string | null;
  versionAt: string | null;
}

/** Maps and checks a staged batch, in temporary tables alone; the other files of its unit are readable beside it. */
export async function typeBatch(connection: Connection, batch: Batch): Promise<void> {
  const { detection } = batch.staged;
  await setContext(connection, batch);
  await connection.run(
    'create or replace temp table record_outcome (record_no bigint, outcome varchar)'
  );
  if (detection.file.mapSql === undefined) {
    await connection.run(
      `create or replace temp table typed as
       select record_no, 'LOOKUP_ONLY' as problem, null::timestamptz as known_at
       from stg${viewSuffix(detection.role)}`
    );
  } else {
    await connection.run(`create or replace temp table typed as ${detection.file.mapSql}`);
    await dropRepeatedSegments(connection, batch);
    if (detection.file.checkSql !== undefined) {
      await refuseIfUnbalanced(connection, detection.file.checkSql);
    }
  }
  await dateFiles(connection);
}

/** Merges what typeBatch prepared and says what became of each file. */
export async function mergeBatch(connection: Connection, batch: Batch): Promise<TakenFile[]> {
  const { detection, files } = batch.staged;
  const { targets } = detection.file;
  const fillsOneRow = targets.length === 1 && targets[0]?.mapSql === undefined;
  const answers: MergeAnswer[] = [];
  for (const target of targets) {
    answers.push(await mergeTarget(connection, target, { fileCount: files.length, fillsOneRow }));
  }
  await makeFates(connection, batch.staged, answers);
  return withDates(connection, batch, await fatesOf(connection, batch.staged));
}

/**
 * A header in the middle means two downloads pasted together: a scope that stands in both counts once, in its
 * last state.
 */
async function dropRepeatedSegments(connection: Connection, { staged }: Batch): Promise<void> {
  const scope = staged.detection.file.targets[0]?.scope;
  const headers = await connection.value(
    `select count(*) from stg_all${viewSuffix(staged.detection.role)} where row_kind = 'REPEATED_HEADER'`
  );
  if (Number(headers) === 0 || scope === undefined) return;
  const columns = new Set(
    (await connection.rows('describe typed')).map((row) => String(row['column_name']))
  );
  // A mapping's rows hold the fields of every target, each under the target's number.
  const key = scope.map((column) => (columns.has(column) ? column : `t0_${column}`));
  if (!key.every((column) => columns.has(column))) return;
  await connection.run(
    `create or replace temp table superseded as
     with header as (
       select record_no as starts_at, row_number() over (order by record_no) as segment
       from stg_all${viewSuffix(staged.detection.role)} where row_kind = 'REPEATED_HEADER'
     )
     select record_no from (
       select t.record_no, coalesce(h.segment, 0) as segment,
         max(coalesce(h.segment, 0)) over (partition by ${key.map(identifier).join(', ')}, file_of(t.record_no)) as last_segment
       from typed t asof left join header h on t.record_no >= h.starts_at
       where t.problem is null
     ) where segment < last_segment;
     update typed set problem = 'SUPERSEDED_IN_FILE' where record_no in (select record_no from superseded)`
  );
}

async function refuseIfUnbalanced(connection: Connection, sql: string): Promise<void> {
  const problem = (await connection.rows(sql))[0];
  if (problem !== undefined) {
    throw new RefusedFile(String(problem['code']), String(problem['detail'] ?? ''));
  }
}

/** A file's version is the latest instant at which anything in it could be known. */
async function dateFiles(connection: Connection): Promise<void> {
  await connection.run(
    `update batch_file set version_at = d.version_at, first_date = d.first_date, last_date = d.last_date
     from (select file_of(record_no) as file_index, max(known_at) as version_at,
             min(known_at)::date as first_date, max(known_at)::date as last_date
           from typed where problem is null group by file_of(record_no)) d
     where batch_file.file_index = d.file_index`
  );
}

async function withDates(
  connection: Connection,
  batch: Batch,
  fates: FateOfFile[]
): Promise<TakenFile[]> {
  const rows = await connection.rows(
    'select first_date, last_date, version_at from batch_file order by file_index'
  );
  return fates.map((fate, index) => {
    const cell = (name: string) => {
      const value = rows[index]?.[name];
      return typeof value === 'string' ? value : null;
    };
    return {
      ...fate,
      loadId: batch.loadIds[index] ?? 0,
      firstDate: cell('first_date'),
      lastDate: cell('last_date'),
      versionAt: cell('version_at')
    };
  });
}
