import type { Row } from '../api/questions.ts';

/** What became of every row ever read. Read = the sum of the other five, or a row is missing. */
export interface Fates {
  readonly read: number;
  readonly loaded: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly isBalanced: boolean;
}

export function fates(files: readonly Row<'load_files'>[]): Fates {
  const sum = (pick: (file: Row<'load_files'>) => number) =>
    files.reduce((total, file) => total + pick(file), 0);
  const read = sum((file) => file.rows_read);
  const parts = {
    loaded: sum((file) => file.rows_loaded),
    updated: sum((file) => file.rows_updated),
    unchanged: sum((file) => file.rows_unchanged),
    skipped: sum((file) => file.rows_skipped),
    rejected: sum((file) => file.rows_rejected)
  };
  const accounted = parts.loaded + parts.updated + parts.unchanged + parts.skipped + parts.rejected;
  return { read, ...parts, isBalanced: accounted === read };
}

export interface ReasonGroup {
  readonly code: string;
  readonly count: number;
  readonly file: string;
  readonly record: number | null;
  readonly files: number;
}

/** Rejections by code, most rows first; each shows where its first row stands. */
export function reasonGroups(
  reasons: readonly Row<'load_reasons'>[],
  rejectedCodes: ReadonlySet<string>
): readonly ReasonGroup[] {
  const groups = new Map<string, ReasonGroup>();
  for (const reason of reasons) {
    if (!rejectedCodes.has(reason.code)) continue;
    const known = groups.get(reason.code);
    groups.set(reason.code, {
      code: reason.code,
      count: (known?.count ?? 0) + reason.count,
      file: known?.file ?? reason.file,
      record: known === undefined ? reason.first_record : known.record,
      files: (known?.files ?? 0) + 1
    });
  }
  return [...groups.values()].sort((left, right) => right.count - left.count);
}
