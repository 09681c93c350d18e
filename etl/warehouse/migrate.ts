import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './connection.ts';
import { UsageError } from './errors.ts';
import { packageRoot } from './package-root.ts';

/**
 * Brings the facts up to this version's schema: numbered files, each applied once, in order. A file that changed
 * after it was applied is refused, for it would leave two homes with different tables under one number.
 */
export async function migrate(connection: Connection): Promise<void> {
  await connection.run(
    'create table if not exists facts.schema_version (file varchar not null, sha256 varchar not null)'
  );
  const applied = new Map(
    (await connection.rows('select file, sha256 from facts.schema_version')).map((row) => [
      String(row['file']),
      String(row['sha256'])
    ])
  );
  for (const { file, sql, sha256 } of schemaFiles()) {
    const known = applied.get(file);
    if (known === sha256) continue;
    if (known !== undefined) {
      throw new UsageError(
        'SCHEMA_CHANGED',
        `This home was made by another version of Portolan (${file} differs). Load your files into a new home.`
      );
    }
    await connection.run(sql);
    await connection.execute('insert into facts.schema_version values ($file, $sha256)', {
      file,
      sha256
    });
  }
}

function schemaFiles(): { file: string; sql: string; sha256: string }[] {
  const folder = join(packageRoot(), 'data', 'schema');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, file), 'utf8');
      return { file, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}
