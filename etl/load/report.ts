/** What became of one file: the line `load --json` prints. Other programs read it; names are a contract. */
export interface FileReport {
  file: string;
  format: string | null;
  account: string | null;
  status: 'loaded' | 'unchanged' | 'refused';
  rows_read: number;
  rows_loaded: number;
  rows_updated: number;
  rows_unchanged: number;
  rows_skipped: number;
  rows_rejected: number;
  reasons: ReportReason[];
  money: Record<string, string>;
  seconds: number;
}

export interface ReportReason {
  code: string;
  count: number;
  first_record: number | null;
  text: string;
}

export interface Outcome {
  rows_read: number;
  rows_loaded: number;
  rows_updated: number;
  rows_unchanged: number;
  rows_skipped: number;
  rows_rejected: number;
  reasons: ReportReason[];
  money: Record<string, string>;
}

export const nothingRead: Outcome = {
  rows_read: 0,
  rows_loaded: 0,
  rows_updated: 0,
  rows_unchanged: 0,
  rows_skipped: 0,
  rows_rejected: 0,
  reasons: [],
  money: {}
};

export function refusal(file: string, code: string, text: string): FileReport {
  return {
    file,
    format: null,
    account: null,
    status: 'refused',
    ...nothingRead,
    reasons: [{ code, count: 1, first_record: null, text }],
    seconds: 0
  };
}
