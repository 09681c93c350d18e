import type { Recognised } from './recognise.ts';

/** Files that are taken together: one batch per part of the report, each batch one or more files alike. */
export type Unit = Recognised[][];

const batchFiles = 256;
const batchBytes = 512 * 2 ** 20;

/**
 * Files of one folder and a report of several parts are one unit; files of a report of one part that share
 * account, header and number style go together in batches. Accounts stay together, so that the ledger of each is
 * written once.
 */
export function unitsOf(recognised: Recognised[]): Unit[] {
  const units = new Map<string, Unit>();
  for (const item of recognised) {
    const isOnePart = Object.keys(item.detection.format.files).length === 1;
    if (isOnePart) addToBatch(units, item);
    else {
      const key = `${item.account.account}|${item.detection.format.id}|${item.file.group}`;
      addToUnit(units, key, item);
    }
  }
  return [...units.values()].sort((a, b) =>
    accountOf(a) < accountOf(b) ? -1 : accountOf(a) > accountOf(b) ? 1 : 0
  );
}

const accountOf = (unit: Unit): string => unit[0]?.[0]?.account.account ?? '';

/** Files with one of these in common can be read as one. */
const likeness = ({ detection, account, decimalMark, file }: Recognised): string =>
  JSON.stringify([
    account.account,
    detection.format.id,
    detection.role,
    detection.header.dialect,
    detection.header.linesThrough,
    detection.header.cells,
    decimalMark,
    file.hasNul
  ]);

/** Adds a part to its report; files of a part that may come several times and look alike are read as one. */
function addToUnit(units: Map<string, Unit>, key: string, item: Recognised): void {
  const unit = units.get(key) ?? [];
  units.set(key, unit);
  const { format, role } = item.detection;
  const own = likeness(item);
  const batch =
    format.files[role]?.several === true
      ? unit.find(([first]) => first !== undefined && likeness(first) === own)
      : undefined;
  if (batch === undefined) unit.push([item]);
  else batch.push(item);
}

function addToBatch(units: Map<string, Unit>, item: Recognised): void {
  const { file } = item;
  const alike = likeness(item);
  for (let part = 0; ; part += 1) {
    const key = `${alike}|${String(part)}`;
    const batch = units.get(key)?.[0];
    if (batch === undefined) {
      units.set(key, [[item]]);
      return;
    }
    const bytes = batch.reduce((sum, other) => sum + other.file.bytes, file.bytes);
    if (batch.length < batchFiles && bytes <= batchBytes) {
      batch.push(item);
      return;
    }
  }
}

/** Parts of the report that are needed and did not come. */
export function missingRoles(unit: Unit): string[] {
  const items = unit.flat();
  const present = new Set(items.map((item) => item.detection.role));
  return Object.entries(items[0]?.detection.format.files ?? {})
    .filter(([role, file]) => file.needed && !present.has(role))
    .map(([role]) => role);
}

/** Two files that play the same part: which belongs to the others cannot be known. */
export function hasRoleTwice(unit: Unit): boolean {
  return new Set(unit.map(([first]) => first?.detection.role)).size < unit.length;
}
