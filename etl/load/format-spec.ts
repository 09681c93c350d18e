import { z } from 'zod';

const names = z.union([z.string(), z.array(z.string()).min(1)]).transform((n) => [n].flat());
const columnNames = z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), names);

const targetSchema = z.strictObject({
  table: z.string(),
  /** Columns that name what a newer file replaces as a whole (with the account). */
  scope: z.array(z.string()).min(1),
  /** Column that says how new a row is; without one the file's own version decides. */
  version: z.string().nullable().default(null),
  on_change: z.enum(['replace', 'refuse']).default('replace'),
  /** SQL over `typed` for this table; without it `typed` already has the table's columns. */
  map: z.string().optional()
});

const fileSchema = z.strictObject({
  /** False: the report is whole without this file; the maps then see it as a file without rows. */
  needed: z.boolean().default(true),
  /** Several files may play this part at once, such as one for each year; the other parts are theirs together. */
  several: z.boolean().default(false),
  delimiters: z.array(z.enum(['tab', 'comma', 'semicolon', 'pipe'])).default(['comma']),
  quote: z.enum(['double', 'none']).default('double'),
  required: columnNames,
  optional: columnNames.default({}),
  /** Personal data: never staged. */
  personal: z.array(z.string()).default([]),
  /** Documented columns that no map reads: not staged either. Columns nobody declared are. */
  unused: z.array(z.string()).default([]),
  /** Columns that hold money: they decide the file's decimal mark. */
  money: z.array(z.string()).default([]),
  /** Patterns of lines that close the report with fewer cells than a row: counted, never rejected. */
  footer: z.array(z.string()).default([]),
  /** The documented header, names by comma: columns of it that nothing above declares are not staged. */
  header: z
    .string()
    .transform((line) => line.split(',').map((name) => name.trim()))
    .optional(),
  /** The report may come without its header line: how the first cell looks then. */
  headerless: z.string().optional(),
  /** SQL that gives one typed row per record; a file without it is a lookup for the others. */
  map: z.string().optional(),
  /** SQL over `typed` that returns a row (code, text) for each reason to refuse the file. */
  check: z.string().optional(),
  targets: z.array(targetSchema).default([])
});

export const formatSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.strictObject({ en: z.string(), zh: z.string() }),
  /** The account platform that can own such a file; null: any. */
  platform: z.string().nullable().default(null),
  /** Account the format brings along when the seller has none of that platform. */
  account: z.record(z.string(), z.unknown()).optional(),
  files: z.record(z.string(), fileSchema)
});

export type TargetSpec = z.infer<typeof targetSchema>;
export type FileSpec = z.infer<typeof fileSchema>;

/** A format or mapping, ready to run: its SQL is text in hand, wherever it came from. */
export interface Format {
  id: string;
  title: { en: string; zh: string };
  platform: string | null;
  account: Record<string, unknown> | undefined;
  /** Mappings are chosen by name, never by looking at the file. */
  detectable: boolean;
  files: Record<string, FileFormat>;
}

export interface FileFormat extends Omit<FileSpec, 'map' | 'check' | 'targets'> {
  mapSql: string | undefined;
  checkSql: string | undefined;
  targets: (Omit<TargetSpec, 'map'> & { mapSql: string | undefined })[];
}

export const delimiterCharacter = { tab: '\t', comma: ',', semicolon: ';', pipe: '|' } as const;
