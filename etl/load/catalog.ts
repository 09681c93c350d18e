import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { messageOf } from '../warehouse/errors.ts';
import { packageRoot } from '../warehouse/package-root.ts';
import { type FileFormat, type FileSpec, type Format, formatSchema } from './format-spec.ts';

/** Every format folder, in name order. A folder with a format.yaml is a format; nothing else registers it. */
export function allFormats(): Format[] {
  const root = join(packageRoot(), 'etl', 'formats');
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'format.yaml')))
    .map((entry) => readFormat(join(root, entry.name)))
    .sort((a, b) => a.id.localeCompare(b.id));
}

function readFormat(folder: string): Format {
  try {
    const yaml: unknown = parse(readFileSync(join(folder, 'format.yaml'), 'utf8'));
    const spec = formatSchema.parse(yaml);
    const files: Record<string, FileFormat> = {};
    for (const [role, file] of Object.entries(spec.files)) files[role] = withSql(folder, file);
    return {
      id: spec.id,
      title: spec.title,
      platform: spec.platform,
      account: spec.account,
      detectable: true,
      files
    };
  } catch (error) {
    throw new Error(`${join(folder, 'format.yaml')}: ${messageOf(error)}`, { cause: error });
  }
}

function withSql(folder: string, { map, check, targets, ...file }: FileSpec): FileFormat {
  const text = (name: string | undefined) =>
    name === undefined ? undefined : readFileSync(join(folder, name), 'utf8');
  return {
    ...file,
    mapSql: text(map),
    checkSql: text(check),
    targets: targets.map(({ map: targetMap, ...target }) => ({
      ...target,
      mapSql: text(targetMap)
    }))
  };
}
