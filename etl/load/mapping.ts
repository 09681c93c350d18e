import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { messageOf, UsageError } from '../warehouse/errors.ts';
import { packageRoot } from '../warehouse/package-root.ts';
import type { Format } from './format-spec.ts';
import { compileMapping } from './mapping-sql.ts';
import { mappingSchema } from './mapping-spec.ts';

const shipped = (): string => join(packageRoot(), 'etl', 'mappings');

/** Names of the mappings that come with the product. */
export function mappingNames(): string[] {
  return readdirSync(shipped())
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** A mapping by name or by file, as a format. Every fault of it is listed at once. */
export function readMapping(nameOrFile: string): Format {
  const byName = join(shipped(), `${nameOrFile}.yaml`);
  const path = /^[a-z0-9-]+$/.test(nameOrFile) && existsSync(byName) ? byName : nameOrFile;
  if (!existsSync(path)) {
    throw new UsageError(
      'MAPPING_UNKNOWN',
      `There is no mapping "${nameOrFile}". Known: ${mappingNames().join(', ')}; or give the path of a .yaml file.`
    );
  }
  const parsed = mappingSchema.safeParse(readYaml(path));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
    throw new UsageError('MAPPING_INVALID', `${path} cannot be used: ${faults}.`);
  }
  return compileMapping(parsed.data);
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError('MAPPING_INVALID', `${path} is not YAML: ${messageOf(error)}`);
  }
}
