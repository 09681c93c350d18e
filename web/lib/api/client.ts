import { areRows, isObjectOf, isRecord, misfit, type RowOf } from './shape.ts';
import { questionPath, shapes, type Params, type QuestionName, type Row } from './questions.ts';

/** Trouble the reader is told about: a stable code and the request to look up in the log. */
export class ApiError extends Error {
  readonly code: string;
  readonly requestId: string | undefined;
  readonly hint: string | undefined;

  constructor(code: string, message: string, detail: { requestId?: string; hint?: string } = {}) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.requestId = detail.requestId;
    this.hint = detail.hint;
  }
}

export interface Effects {
  readonly fetch: typeof globalThis.fetch;
}

const browser: Effects = { fetch: (input, init) => globalThis.fetch(input, init) };

function textOf(record: Record<string, unknown>, key: string): string | undefined {
  const value = record[key];
  return typeof value === 'string' ? value : undefined;
}

function refusal(status: number, body: unknown): ApiError {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  const requestId = textOf(error, 'request_id');
  const hint = textOf(error, 'hint');
  return new ApiError(textOf(error, 'code') ?? `HTTP_${status}`, textOf(error, 'message') ?? '', {
    ...(requestId === undefined ? {} : { requestId }),
    ...(hint === undefined ? {} : { hint })
  });
}

/** The parsed body. Throws ApiError for refusals, unreadable answers and a server that is away. */
export async function requestJson(
  path: string,
  init: RequestInit = {},
  effects: Effects = browser
): Promise<unknown> {
  let response: Response;
  try {
    response = await effects.fetch(path, { headers: { accept: 'application/json' }, ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError('SERVER_AWAY', '');
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusal(response.status, body);
  return body;
}

/** The rows of one question, checked against the columns the page reads. */
export async function ask<Q extends QuestionName>(
  name: Q,
  params: Params,
  options: { signal?: AbortSignal; effects?: Effects } = {}
): Promise<readonly Row<Q>[]> {
  const init = options.signal === undefined ? {} : { signal: options.signal };
  const body = await requestJson(questionPath(name, params), init, options.effects);
  const rows = isRecord(body) ? body['rows'] : undefined;
  const shape = shapes[name];
  if (!areRows(rows, shape))
    throw new ApiError('ANSWER_UNREADABLE', `${name}.${misfit(rows, shape)}`);
  return rows;
}

const healthShape = {
  status: 'text',
  version: 'text',
  generation: 'number?',
  as_of: 'text?',
  loaded_at: 'text?',
  seller: 'text?',
  reporting_currency: 'text?'
} as const;

export type Health = RowOf<typeof healthShape> & { readonly computing: boolean };

export async function readHealth(effects: Effects = browser): Promise<Health> {
  const body = await requestJson('/api/v1/health', {}, effects);
  if (!isObjectOf(body, healthShape)) {
    throw new ApiError('ANSWER_UNREADABLE', `health.${misfit([body], healthShape)}`);
  }
  return { ...body, computing: 'computing' in body && body.computing === true };
}
