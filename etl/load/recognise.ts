import type { Connection } from '../warehouse/connection.ts';
import { tempFolder } from '../warehouse/paths.ts';
import type { Account, Settings } from '../warehouse/settings.ts';
import { resolveAccount } from './account.ts';
import { decode, RefusedFile, type TextFile } from './decode.ts';
import { type Detection, detect } from './detect.ts';
import { readHead } from './encoding.ts';
import type { Format } from './format-spec.ts';
import { firstRows } from './header.ts';
import { writeAccounts } from './reference.ts';
import type { ScannedFile } from './scan.ts';

/** A file whose report, account and number style are known. */
export interface Recognised {
  file: TextFile;
  detection: Detection;
  account: Account;
  decimalMark: '.' | ',';
  startedAt: number;
}

export interface Recogniser {
  connection: Connection;
  home: string;
  formats: Format[];
  /** Account named on the command line; undefined: find out. */
  account: string | undefined;
  /** Grows when a mapping or format brings its own account. */
  settings: Settings;
  /** Detections by first line: the thousandth file of a report is told at a glance. */
  known: Map<string, Detection>;
}

/** Decodes a file and finds out what it is and whose. Throws RefusedFile when that cannot be known. */
export async function recognise(
  state: Recogniser,
  file: ScannedFile,
  startedAt: number
): Promise<Recognised> {
  const hinted = state.account ?? file.account;
  const market = state.settings.accounts.find((a) => a.account === hinted)?.market ?? undefined;
  const temp = tempFolder(state.home);
  const text = await decode(file, file.scan, { temp, market, formats: state.formats });
  const detection = detectOnce(state, text);
  const { account, settings } = resolveAccount(state.settings, detection.format, {
    explicit: state.account,
    folder: file.account
  });
  if (settings !== state.settings) {
    state.settings = settings;
    await writeAccounts(state.connection, settings);
  }
  return { file: text, detection, account, decimalMark: decimalMark(text, detection), startedAt };
}

function detectOnce(state: Recogniser, text: TextFile): Detection {
  const line = firstLine(text.textPath);
  const known = state.known.get(line);
  if (known !== undefined) return known;
  const detection = detect(text.textPath, state.formats);
  if (detection === undefined) {
    const isBinary = text.hasNul && text.encoding === 'windows-1252';
    throw new RefusedFile(isBinary ? 'FILE_IS_BINARY' : 'FORMAT_UNKNOWN');
  }
  if (detection.header.linesThrough === 1) state.known.set(line, detection);
  return detection;
}

function firstLine(path: string): string {
  const head = readHead(path, 16 * 1024).toString('utf8');
  return head.slice(0, head.indexOf('\n') + 1 || head.length);
}

const sampledBytes = 64 * 1024;

/** Comma or point, decided by the money cells of the file's first rows; point when they do not tell. */
function decimalMark(text: TextFile, { file, header, columns }: Detection): '.' | ',' {
  const money = columns.filter((column) => file.money.includes(column.name ?? ''));
  if (money.length === 0) return '.';
  const bytes = readHead(text.textPath, sampledBytes);
  const head = bytes.toString('utf8');
  const lastLineEnd = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r'));
  const whole = bytes.length < sampledBytes ? head : head.slice(0, lastLineEnd + 1);
  const rows = firstRows(whole, header.dialect, {
    fromLine: header.linesThrough + 1,
    to: 400
  });
  let commas = 0;
  let points = 0;
  for (const { cells } of rows) {
    for (const { position } of money) {
      const cell = cells[position] ?? '';
      if (/,\d{1,2}\D*$/.test(cell)) commas += 1;
      if (/\.\d{1,2}\D*$/.test(cell)) points += 1;
    }
  }
  return commas > points ? ',' : '.';
}
