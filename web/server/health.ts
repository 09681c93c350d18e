import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isBeingWritten } from '../../etl/warehouse/lock.ts';
import { packageRoot } from '../../etl/warehouse/package-root.ts';
import { readSettings } from '../../etl/warehouse/settings.ts';
import { findQuestion, type Answers } from './answers.ts';
import { localOwner } from './policy.ts';

export interface Health {
  status: 'ok' | 'empty';
  version: string;
  generation: number | null;
  as_of: string | null;
  loaded_at: string | null;
  seller: string;
  reporting_currency: string | null;
  computing: boolean;
}

const packageFile = z.object({ version: z.string() });

export function productVersion(): string {
  const file = path.join(packageRoot(), 'package.json');
  return packageFile.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/** Whether there is something to show, how old it is, and whether more is on its way. */
export async function readHealth(
  home: string,
  answers: Answers,
  signal: AbortSignal
): Promise<Health> {
  const ask = (name: string) =>
    answers.ask({ question: findQuestion(name), params: {}, viewer: localOwner }, signal);
  const span = await ask('data_span');
  const files = await ask('load_files');
  const [first] = span.rows;
  const loaded = files.rows.map((row) => row.loaded_at).filter((at) => typeof at === 'string');
  const settings = readSettings(home);
  const asOf = first?.as_of;
  return {
    status: span.generation === null ? 'empty' : 'ok',
    version: productVersion(),
    generation: span.generation,
    as_of: typeof asOf === 'string' ? asOf : null,
    loaded_at: loaded.sort().at(-1) ?? null,
    seller: settings.seller_name,
    reporting_currency: settings.reporting_currency,
    computing: isBeingWritten(home)
  };
}
