import { ApiError, requestJson, type Effects } from './client.ts';
import { areRows, isObjectOf, isRecord, misfit, type RowOf } from './shape.ts';

const lineShape = {
  file: 'text',
  account: 'text',
  format: 'text',
  record: 'number',
  sha256: 'text',
  loaded_at: 'text'
} as const;
const cellShape = { column: 'text', value: 'text?' } as const;
const rejectedShape = { code: 'text', raw: 'text' } as const;
const sameNameShape = { account: 'text', sha256: 'text', loaded_at: 'text' } as const;

/** One record of a download as it stood there. */
export type SourceLine = RowOf<typeof lineShape> & {
  /** Under the names of the file's header, in its order; empty for a line that fell apart. */
  readonly cells: readonly RowOf<typeof cellShape>[];
  /** Columns whose cells are never kept: personal ones, and those nothing reads. */
  readonly not_kept: readonly string[];
  /** Why the record was left out, with its text; null where it was taken. */
  readonly rejected: RowOf<typeof rejectedShape> | null;
  /** Other files loaded under this name: ask for one by its sha256. */
  readonly same_name: readonly RowOf<typeof sameNameShape>[];
};

export interface SourceLineParams {
  readonly file: string;
  readonly record: number;
  readonly account?: string | undefined;
  readonly sha256?: string | undefined;
}

function isSourceLine(body: unknown): body is SourceLine {
  if (!isRecord(body) || !isObjectOf(body, lineShape)) return false;
  const { cells, not_kept, rejected, same_name }: Record<string, unknown> = body;
  return (
    areRows(cells, cellShape) &&
    areRows(same_name, sameNameShape) &&
    (rejected === null || isObjectOf(rejected, rejectedShape)) &&
    Array.isArray(not_kept) &&
    not_kept.every((title) => typeof title === 'string')
  );
}

/**
 * The line of the file behind a ledger line. Throws ApiError: FILE_UNKNOWN, RECORD_UNKNOWN, or LINE_NOT_KEPT where
 * only the download itself can tell; each with a sentence.
 */
export async function fetchSourceLine(
  params: SourceLineParams,
  options: { signal?: AbortSignal; effects?: Effects } = {}
): Promise<SourceLine> {
  const query = new URLSearchParams({ file: params.file, record: String(params.record) });
  if (params.account !== undefined) query.set('account', params.account);
  if (params.sha256 !== undefined) query.set('sha256', params.sha256);
  const init = options.signal === undefined ? {} : { signal: options.signal };
  const path = `/api/v1/source-lines?${query.toString()}`;
  const body = await requestJson(path, init, options.effects);
  if (isSourceLine(body)) return body;
  const fault = misfit([body], lineShape);
  throw new ApiError('ANSWER_UNREADABLE', `source-lines.${fault === '' ? 'cells' : fault}`);
}
