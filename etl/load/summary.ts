import type { FileReport } from './report.ts';

/** 0 all well, 1 something was left out, 2 nothing was done. */
export function loadExitCode(reports: FileReport[], failedChecks: number): 0 | 1 | 2 {
  const refused = reports.filter((report) => report.status === 'refused').length;
  if (refused === reports.length) return 2;
  const rejected = reports.some((report) => report.rows_rejected > 0);
  return refused > 0 || rejected || failedChecks > 0 ? 1 : 0;
}

/** Files a person should hear about even when only the sums are shown. */
export function leftOut(report: FileReport): boolean {
  return report.status === 'refused' || report.rows_rejected > 0;
}

/** "Loaded 1,791 files: 1,048,855 rows." */
export function summaryOf(reports: FileReport[]): string {
  const rows = reports.reduce((sum, report) => sum + report.rows_read, 0);
  const number = new Intl.NumberFormat('en');
  return `Loaded ${number.format(reports.length)} files: ${number.format(rows)} rows.`;
}
