/** Why a record was not loaded, or what the seller should know about a file. One home for every code. */
export type ReasonKind = 'rejected' | 'skipped' | 'notice' | 'refused';

interface Reason {
  kind: ReasonKind;
  text: string;
}

const reasons = {
  // Rows that are kept aside, because loading them would mean guessing.
  COLUMN_COUNT: [
    'rejected',
    'The row has more or fewer cells than the header. Download the file again without editing it'
  ],
  QUOTE_UNCLOSED: [
    'rejected',
    'A quotation mark opens a cell and is never closed. Repair that line or download the file again'
  ],
  LINE_TOO_LONG: [
    'rejected',
    'The line is longer than 2 MB; no export writes such a line. Download the file again'
  ],
  ENCODING_BROKEN: [
    'rejected',
    'The line holds bytes that are not text in this file’s encoding. Download the file again'
  ],
  NUL_BYTE: [
    'rejected',
    'The row holds NUL bytes, a sign of a damaged file. Download the file again'
  ],
  ROW_UNREADABLE: ['rejected', 'The row could not be read'],
  ID_MANGLED: [
    'rejected',
    'A spreadsheet has rounded this id (such as 5.8E+17). Load the original download, not a re-saved copy'
  ],
  ID_MISSING: ['rejected', 'The row has no order, receipt or document number'],
  SKU_MISSING: ['rejected', 'The row has no SKU or item name'],
  DATE_UNREADABLE: [
    'rejected',
    'The date fits no known order. Set the account’s date order (dmy, mdy or ymd) and load again'
  ],
  DATE_MISSING: ['rejected', 'The row has no date'],
  DATE_IMPLAUSIBLE: ['rejected', 'The date lies before 1995 or after 2100'],
  AMOUNT_NOT_A_NUMBER: ['rejected', 'An amount is not a number'],
  AMOUNT_MISSING: ['rejected', 'The row has no amount where its status demands one'],
  QUANTITY_NOT_A_NUMBER: ['rejected', 'The quantity is not a number'],
  CURRENCY_MISSING: ['rejected', 'The amount has no currency'],
  CURRENCY_UNKNOWN: ['rejected', 'The currency is not a code of three letters'],
  MARKET_UNKNOWN: ['rejected', 'The marketplace or country of this row is not known'],
  PARENT_MISSING: [
    'rejected',
    'The row belongs to a record that is not in the other files of this set'
  ],
  PARTIAL_SCOPE: [
    'rejected',
    'The file holds fewer lines of this order than are already loaded: it was cut in the middle. Nothing was changed'
  ],
  CONFLICT: [
    'rejected',
    'This document was loaded before with other content. Nothing was changed; ask for a fresh download'
  ],
  SAME_DATE_CONFLICT: [
    'rejected',
    'Another file that reaches the same date says something else about this record, and nothing tells which is right. Roll the other file back, or load a newer export'
  ],
  STATUS_MISSING: [
    'rejected',
    'The row has no status, so it is not clear whether it counts as a sale'
  ],
  LOCATION_TYPE_UNKNOWN: [
    'rejected',
    'The location type is not one of domestic, bonded, overseas, fba, store'
  ],
  NUMBER_UNREADABLE: ['rejected', 'A cell that must be a number is not one'],
  COST_KIND_UNKNOWN: [
    'rejected',
    'The kind of cost is not one of rent, staff, subscription, software, fit_out, other'
  ],
  PROMOTION_KIND_UNKNOWN: [
    'rejected',
    'The kind is not one of creator_fee, host_fee, sample, commission, coupon, live_room'
  ],
  FULFILMENT_KIND_UNKNOWN: ['rejected', 'The kind is not one of pick_up, ship_from_store, return'],
  MOVEMENT_KIND_UNKNOWN: [
    'rejected',
    'The kind is not one of lost, damaged, disposed, found, adjusted'
  ],
  SELLING_ACCOUNT_MISSING: ['rejected', 'The row does not name the selling account'],
  AMOUNT_NEGATIVE: ['rejected', 'The amount is negative; write costs and payments without a minus'],
  QUANTITY_NOT_POSITIVE: ['rejected', 'The quantity must be greater than zero'],
  RATE_OUT_OF_RANGE: [
    'rejected',
    'The handling rate must be a number between 0 and 1, such as 0.05 for five percent'
  ],
  LINE_TYPE_UNKNOWN: ['rejected', 'The line is neither an invoice total (I) nor a shipment (S)'],
  PERIOD_REVERSED: ['rejected', 'The period ends before it begins'],
  PERIOD_MISSING: [
    'rejected',
    'Neither the row nor the file says which days it covers. Add the column Day to the report'
  ],
  ID_REPEATED: ['rejected', 'Several rows of this file have the same id and say different things'],

  // Rows that are not data, or are known in a newer state.
  REPEATED_HEADER: [
    'skipped',
    'The header line is repeated inside the file (files joined by hand)'
  ],
  EMPTY_ROW: ['skipped', 'The row has no content'],
  TOTALS_ROW: ['skipped', 'A totals or footer line, not a sale'],
  METADATA_ROW: ['skipped', 'A line that describes the report, not a sale'],
  OLDER_VERSION: ['skipped', 'A newer state of this record is already loaded'],
  SUPERSEDED_IN_FILE: ['skipped', 'The same record stands again further down in this file'],
  REPEATED_ROW: ['skipped', 'The same row stands twice in this file'],
  NOT_STOCKED_HERE: ['skipped', 'The SKU is not kept in this stock'],
  REPEATED_POOL: ['skipped', 'The same pooled stock, repeated for another marketplace'],
  TENDER_ROW: ['skipped', 'How a receipt was paid, not what was sold; it carries no fee'],
  NOT_SOLD_HERE: ['skipped', 'The same sale is in another account’s file'],
  OTHER_STORE: [
    'skipped',
    'The row speaks of another country’s store; load the file for that account as well'
  ],
  NO_ESTIMATE: ['skipped', 'The report states no fee for this SKU yet'],
  NOT_BACK_YET: [
    'skipped',
    'A buyer asked for a return, and the file states no day on which the goods came back'
  ],
  NO_RATE: ['skipped', 'No rate was published for this currency on this day'],
  LOOKUP_ONLY: [
    'skipped',
    'Used to complete the rows of the other files of this set; holds no sale itself'
  ],

  // Notices: loaded, and worth knowing.
  REPLACED: ['notice', 'Replaces an earlier state of the same record'],
  STATUS_UNKNOWN: [
    'notice',
    'A status Portolan does not know; the row is kept and counted as unmapped'
  ],
  TYPE_UNKNOWN: [
    'notice',
    'A transaction type Portolan does not know; its money is kept in the unmapped line'
  ],
  CONDITION_UNKNOWN: [
    'notice',
    'A condition of returned goods that Portolan does not know; the unit counts as not fit to be sold again'
  ],
  PERIOD_SPREAD: [
    'notice',
    'The row covers several days; its amounts are shared evenly over them. Download the daily variant for exact days'
  ],
  UNKNOWN_COLUMNS: ['notice', 'Columns Portolan does not know were kept in the raw copy'],
  ACCOUNT_NOT_KNOWN: [
    'notice',
    'The row is kept, but no account of this name exists; add it or mend the name'
  ],
  CHANNEL_NOT_KNOWN: ['notice', 'The row is kept, but no account sells on this channel'],

  // Files that are not taken.
  FORMAT_UNKNOWN: [
    'refused',
    'No known report has these columns. Describe them once with a mapping'
  ],
  FILE_EMPTY: ['refused', 'The file is empty'],
  FILE_UNREADABLE: ['refused', 'The file cannot be read'],
  FILE_IS_BINARY: ['refused', 'This is not a text export'],
  FILE_IS_XLS: [
    'refused',
    'This is a spreadsheet in an old, binary or password-protected form. Open it and save it as .xlsx or CSV UTF-8'
  ],
  FILE_IS_HTML: [
    'refused',
    'This is a web page, whatever its name says. Download the report as .xlsx or CSV'
  ],
  WORKBOOK_TOO_LARGE: [
    'refused',
    'The spreadsheet unpacks to more than the limit; it may be damaged or hostile'
  ],
  WORKBOOK_DAMAGED: ['refused', 'The spreadsheet is damaged. Download it again'],
  ARCHIVE_TOO_LARGE: [
    'refused',
    'The archive unpacks to more than the limit; it may be damaged or hostile'
  ],
  ARCHIVE_DAMAGED: ['refused', 'The archive is damaged. Download it again'],
  ARCHIVE_EMPTY: ['refused', 'There is no file in the archive'],
  NO_DATA_ROWS: ['refused', 'The file has a header and no rows'],
  ACCOUNT_UNKNOWN: [
    'refused',
    'It is not clear whose file this is. Name the account with --account'
  ],
  UNIT_INCOMPLETE: [
    'refused',
    'This report consists of several files; put them in one folder and load the folder'
  ],
  UNIT_AMBIGUOUS: [
    'refused',
    'Two files of this folder are the same part of one report. Give each download a folder of its own'
  ],
  SNAPSHOT_DATE_MISSING: [
    'refused',
    'The report has no date column. Keep the date it was made in the file name, such as stock_2026-10-31.txt'
  ],
  BALANCE: ['refused', 'The lines do not add up to the total the file states. Download it again'],
  SAME_COLUMN_TWICE: [
    'refused',
    'Two columns have the same name, so it is not clear which one counts'
  ]
} as const satisfies Record<string, readonly [ReasonKind, string]>;

export type ReasonCode = keyof typeof reasons;

export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(reasons, code);
}

/** An unknown code is a defect of a map, and still a reason the row is not loaded. */
export function reasonOf(code: string): Reason {
  const [kind, text] = isReasonCode(code) ? reasons[code] : reasons.ROW_UNREADABLE;
  return { kind, text };
}

export function codesOf(kind: ReasonKind): ReasonCode[] {
  return Object.keys(reasons).filter(
    (code): code is ReasonCode => isReasonCode(code) && reasons[code][0] === kind
  );
}
