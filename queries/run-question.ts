import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../etl/warehouse/connection.ts';
import { packageRoot } from '../etl/warehouse/package-root.ts';
import type { Bindable, Column, Row } from '../etl/warehouse/rows.ts';
import { catalog, type Question } from './catalog.ts';

export class QuestionError extends Error {
  readonly code: 'UNKNOWN_QUESTION' | 'BAD_PARAMETER';

  constructor(code: 'UNKNOWN_QUESTION' | 'BAD_PARAMETER', message: string) {
    super(message);
    this.name = 'QuestionError';
    this.code = code;
  }
}

export interface QuestionAnswer {
  params: Record<string, Bindable>;
  columns: Column[];
  rows: Row[];
}

export function findQuestion(name: string): Question {
  const found = catalog.find((question) => question.name === name);
  if (found === undefined) {
    throw new QuestionError('UNKNOWN_QUESTION', `There is no question "${name}".`);
  }
  return found;
}

/** Checks the parameters, binds them and answers. Throws QuestionError for parameters that do not fit. */
export async function runQuestion(
  connection: Connection,
  question: Question,
  rawParams: Record<string, unknown>
): Promise<QuestionAnswer> {
  const params = readParams(question, rawParams);
  const { columns, rows } = await connection.query(questionSql(question), params);
  return { params, columns, rows };
}

/** Every declared parameter with its value; one that was left out and has no default is null. */
export function readParams(
  question: Question,
  raw: Record<string, unknown>
): Record<string, Bindable> {
  const parsed = question.params.strict().safeParse(raw);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) =>
      [issue.path.join('.'), issue.message].filter((part) => part !== '').join(': ')
    );
    throw new QuestionError('BAD_PARAMETER', `${question.name}: ${faults.join('; ')}.`);
  }
  const params: Record<string, Bindable> = {};
  for (const name of Object.keys(question.params.shape)) {
    params[name] = bindable(parsed.data[name]);
  }
  return params;
}

const texts = new Map<string, string>();

export function questionSql(question: Question): string {
  const known = texts.get(question.file);
  if (known !== undefined) return known;
  const text = readFileSync(join(packageRoot(), 'queries', question.file), 'utf8');
  texts.set(question.file, text);
  return text;
}

function bindable(value: unknown): Bindable {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  return null;
}
