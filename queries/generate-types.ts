import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import type { Connection } from '../etl/warehouse/connection.ts';
import { migrate } from '../etl/warehouse/migrate.ts';
import { openInMemory } from '../etl/warehouse/open.ts';
import { packageRoot } from '../etl/warehouse/package-root.ts';
import { buildMarts } from './build-marts.ts';
import { catalog, type Question } from './catalog.ts';
import { questionSql, readParams } from './run-question.ts';

/**
 * Writes queries/generated/questions.ts: the row of every question as the engine types it and its parameters as the
 * catalogue declares them. `--check` fails when the file is not what the SQL says today.
 */
const target = join(packageRoot(), 'queries', 'generated', 'questions.ts');
const wanted = await formatted(await generate());
if (process.argv.includes('--check')) {
  const present = existsSync(target) ? readFileSync(target, 'utf8') : '';
  if (present !== wanted) {
    process.stderr.write('queries/generated/questions.ts is stale: run npm run generate\n');
    process.exitCode = 1;
  }
} else {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, wanted);
}

async function formatted(text: string): Promise<string> {
  const config = await resolveConfig(target);
  return format(text, { ...config, filepath: target });
}

async function generate(): Promise<string> {
  const warehouse = await openInMemory();
  try {
    const connection = await warehouse.connect();
    await migrate(connection);
    await buildMarts(connection, () => undefined);
    const parts: string[] = [];
    for (const question of catalog) parts.push(await typesOf(connection, question));
    const names = catalog.map(
      ({ name }) => `${name}: { params: ${pascal(name)}Params; row: ${pascal(name)}Row };`
    );
    return [
      '// Generated from queries/**/*.sql and the catalogue by queries/generate-types.ts. Do not edit.',
      ...parts,
      `export interface Questions { ${names.join(' ')} }`
    ].join('\n\n');
  } finally {
    warehouse.close();
  }
}

async function typesOf(connection: Connection, question: Question): Promise<string> {
  const { columns } = await connection.query(questionSql(question), sampleParams(question));
  const fields = columns.map(({ name, type }) => {
    const isNullable = accepts(question.row.shape[name], null);
    return `${name}: ${typeName(type)}${isNullable ? ' | null' : ''};`;
  });
  const params = Object.entries(question.params.shape).map(([name, schema]) => {
    const optional = accepts(schema, undefined) ? '?' : '';
    return `${name}${optional}: string | number;`;
  });
  return `/** ${question.title.en}. */
    export interface ${pascal(question.name)}Row { ${fields.join(' ')} }
    export interface ${pascal(question.name)}Params { ${params.join(' ')} }`;
}

function accepts(schema: z.ZodType | undefined, value: null | undefined): boolean {
  return schema !== undefined && z.safeParse(schema, value).success;
}

function sampleParams(question: Question): ReturnType<typeof readParams> {
  return readParams(question, 'sku' in question.params.shape ? { sku: 'none' } : {});
}

function typeName(type: string): string {
  if (/INT$|INTEGER|DOUBLE|FLOAT/.test(type)) return 'number';
  return type === 'BOOLEAN' ? 'boolean' : 'string';
}

function pascal(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
