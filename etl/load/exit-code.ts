import type { FileReport } from './report.ts';

/** 0 all well, 1 something was left out, 2 nothing was done. */
export function loadExitCode(reports: FileReport[], failedChecks: number): 0 | 1 | 2 {
  const refused = reports.filter((report) => report.status === 'refused').length;
  if (refused === reports.length) return 2;
  const rejected = reports.some((report) => report.rows_rejected > 0);
  return refused > 0 || rejected || failedChecks > 0 ? 1 : 0;
}
