import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { messageOf, UsageError } from '../warehouse/errors.ts';
import { type Account, accountSchema } from '../warehouse/settings.ts';

/** A file as the seller named it, and the account its folder speaks for. */
export interface InputFile {
  path: string;
  label: string;
  /** Files of one group may form one report (orders with their items). */
  group: string;
  account: string | undefined;
}

export interface Inputs {
  files: InputFile[];
  /** Accounts that a folder with accounts.csv brings along. */
  accounts: Account[];
}

/** Every file behind the paths, folders walked in name order; a folder with accounts.csv and inbox/ is taken whole. */
export function collectInputs(paths: string[]): Inputs {
  const inputs: Inputs = { files: [], accounts: [] };
  for (const path of paths) {
    if (!existsSync(path)) {
      throw new UsageError(
        'PATH_NOT_FOUND',
        `${path} does not exist. Check the path and run this again.`
      );
    }
    const full = resolve(path);
    if (!statSync(full).isDirectory()) addFile(inputs, full, undefined);
    else if (existsSync(join(full, 'accounts.csv')) && existsSync(join(full, 'inbox'))) {
      addSellerFolder(inputs, full);
    } else addFolder(inputs, full, undefined);
  }
  return { ...inputs, files: eachOnce(inputs.files) };
}

/** A file named twice (a folder and a file in it) is one file; the mention that says whose it is holds. */
function eachOnce(files: InputFile[]): InputFile[] {
  const byPath = new Map<string, InputFile>();
  for (const file of files) {
    const known = byPath.get(file.path);
    if (known === undefined || known.account === undefined) byPath.set(file.path, file);
  }
  return [...byPath.values()];
}

function addSellerFolder(inputs: Inputs, folder: string): void {
  inputs.accounts.push(...readAccounts(join(folder, 'accounts.csv')));
  const inbox = join(folder, 'inbox');
  for (const name of readdirSync(inbox).sort()) {
    if (statSync(join(inbox, name)).isDirectory()) addFolder(inputs, join(inbox, name), name);
  }
}

function addFolder(inputs: Inputs, folder: string, account: string | undefined): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort(byName)) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) addFolder(inputs, path, account);
    else if (entry.isFile()) addFile(inputs, path, account);
  }
}

function addFile(inputs: Inputs, path: string, account: string | undefined): void {
  inputs.files.push({ path, label: basename(path), group: dirname(path), account });
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

function readAccounts(file: string): Account[] {
  const rows: unknown = parse(readFileSync(file), { columns: true, bom: true, trim: true });
  if (!Array.isArray(rows)) return [];
  return rows.map((row: Record<string, string>, index) => {
    const { mode, ...columns } = row;
    const parsed = accountSchema.safeParse({
      ...columns,
      ...(mode === undefined || mode === '' ? {} : { mode }),
      market: row['market'] === '' ? null : row['market'],
      tax_inclusive: row['tax_inclusive'] === 'yes'
    });
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new UsageError(
        'ACCOUNTS_UNREADABLE',
        `${file}, line ${String(index + 2)}, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? messageOf(parsed.error)}.`
      );
    }
    return parsed.data;
  });
}
