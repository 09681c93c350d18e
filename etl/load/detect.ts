import type { FileFormat, Format } from './format-spec.ts';
import { delimiterCharacter } from './format-spec.ts';
import { type HeaderRow, headerCandidates, normaliseName } from './header.ts';

/** Which report a file is, and which of its columns mean what. */
export interface Detection {
  format: Format;
  role: string;
  file: FileFormat;
  header: HeaderRow;
  columns: StagedColumn[];
}

export interface StagedColumn {
  /** Position in the file. */
  position: number;
  /** Header cell as written. */
  title: string;
  /** Name in the staging area; null: not staged (personal or nameless). */
  name: string | null;
  known: boolean;
  /** Staged name of an earlier column with the same title. */
  twinOf?: string;
}

/** The best match over all formats, rows and dialects; undefined when no format's required columns are there. */
export function detect(textPath: string, formats: Format[]): Detection | undefined {
  const rows = headerCandidates(textPath);
  const spoken = rows.map((header) => ({ header, cells: spokenNames(header) }));
  let best: { detection: Detection; score: number } | undefined;
  for (const format of formats) {
    for (const [role, file] of Object.entries(format.files)) {
      const implied = impliedHeaders(file, rows);
      for (const { header, cells } of [
        ...spoken,
        ...implied.map((row) => ({ header: row, cells: spokenNames(row) }))
      ]) {
        const score = matchScore(file, header, cells);
        if (score !== undefined && score > (best?.score ?? 0)) {
          const columns = nameColumns(file, header.cells);
          best = { detection: { format, role, file, header, columns }, score };
        }
      }
    }
  }
  return best?.detection;
}

/** A report without its header line: as many cells as the documented header, from the first line on. */
function impliedHeaders({ header, headerless }: FileFormat, rows: HeaderRow[]): HeaderRow[] {
  if (header === undefined || headerless === undefined) return [];
  const firstCell = new RegExp(headerless);
  return rows
    .filter((row, index) => rows[index - 1]?.dialect !== row.dialect)
    .filter(({ cells }) => cells.length === header.length && firstCell.test(cells[0] ?? ''))
    .map(({ dialect }) => ({ dialect, linesThrough: 0, cells: header }));
}

/** What a header's cells may be known by. */
const spokenNames = ({ cells }: HeaderRow): Set<string> =>
  new Set(cells.flatMap((cell) => [normaliseName(cell), anyCurrency(cell)]));

interface KnownNames {
  required: string[][];
  optional: string[][];
}

/** A format's names are compared with every row of every file: they are brought into form once. */
const knownNames = new WeakMap<FileFormat, KnownNames>();

function namesOf(file: FileFormat): KnownNames {
  const known = knownNames.get(file);
  if (known !== undefined) return known;
  const normal = (columns: Record<string, string[]>) =>
    Object.values(columns).map((names) => names.map(normaliseName));
  const names = { required: normal(file.required), optional: normal(file.optional) };
  knownNames.set(file, names);
  return names;
}

/** Undefined without every required column; else the more names are known and the dialect fits, the better. */
function matchScore(file: FileFormat, header: HeaderRow, cells: Set<string>): number | undefined {
  const { required, optional } = namesOf(file);
  const has = (names: string[]) => names.some((name) => cells.has(name));
  if (!required.every(has)) return undefined;
  return required.length + optional.filter(has).length + (dialectFits(file, header) ? 0.5 : 0);
}

/** `Amount spent (USD)` is known as `Amount spent (*)`: which currency it is, the map reads from the title. */
const anyCurrency = (cell: string): string => normaliseName(cell).replace(/\([a-z]{3}\)$/, '(*)');

function dialectFits(file: FileFormat, { dialect }: HeaderRow): boolean {
  const delimiters: string[] = file.delimiters.map((name) => delimiterCharacter[name]);
  return (
    delimiters.includes(dialect.delimiter) && (file.quote === 'none') === (dialect.quote === '')
  );
}

/** Columns nobody declared that smell of a person are not staged; the rest keeps an x_ name. */
const personalName =
  /name|mail|phone|address|street|buyer|recipient|customer|birth|contact|zip|postal/i;

function nameColumns(file: FileFormat, cells: string[]): StagedColumn[] {
  const canonical = new Map<string, string>();
  for (const [key, names] of Object.entries({ ...file.optional, ...file.required })) {
    for (const name of names) canonical.set(normaliseName(name), key);
  }
  const left = new Set(
    [...file.personal, ...file.unused, ...(file.header ?? [])].map(normaliseName)
  );
  const taken = new Set<string>();
  return cells.map((title, position) => {
    const normal = normaliseName(title);
    const key = canonical.get(normal) ?? canonical.get(anyCurrency(title));
    if (key !== undefined && !taken.has(key)) {
      taken.add(key);
      return { position, title, name: key, known: true };
    }
    if (normal === '' || left.has(normal) || personalName.test(normal)) {
      return { position, title, name: null, known: left.has(normal) };
    }
    const column = { position, title, name: freeName(normal, taken), known: false };
    return key === undefined ? column : { ...column, twinOf: key };
  });
}

function freeName(normal: string, taken: Set<string>): string {
  const base = `x_${normal.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '')}`;
  let name = base;
  for (let copy = 2; taken.has(name); copy += 1) name = `${base}_${String(copy)}`;
  taken.add(name);
  return name;
}

export interface NearestFormat {
  mapping: string;
  matched: string[];
  missing: string[];
}

/** For a file nobody knows: its own columns and the formats that come closest. */
export function nearestFormats(
  textPath: string,
  formats: Format[]
): { columns: string[]; nearest: NearestFormat[] } {
  const rows = headerCandidates(textPath);
  const widest = rows.reduce<HeaderRow | undefined>(
    (best, row) => (row.cells.length > (best?.cells.length ?? 0) ? row : best),
    undefined
  );
  if (widest === undefined) return { columns: [], nearest: [] };
  const cells = new Set(widest.cells.map(normaliseName));
  const nearest = formats.flatMap((format) =>
    Object.values(format.files).map((file) => {
      const names = Object.values(file.required).map((alias) => alias[0] ?? '');
      const matched = names.filter((name) => cells.has(normaliseName(name)));
      return { mapping: format.id, matched, missing: names.filter((n) => !matched.includes(n)) };
    })
  );
  return {
    columns: widest.cells,
    nearest: nearest
      .filter((format) => format.matched.length > 0)
      .sort(
        (a, b) =>
          b.matched.length / (b.matched.length + b.missing.length) -
          a.matched.length / (a.matched.length + a.missing.length)
      )
      .slice(0, 3)
  };
}
