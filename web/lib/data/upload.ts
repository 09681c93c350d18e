import { requestJson, ApiError } from '../api/client.ts';
import { isRecord } from '../api/shape.ts';

export interface Nearest {
  readonly mapping: string;
  readonly matched: readonly string[];
  readonly missing: readonly string[];
}

export interface Received {
  readonly upload_id: string;
  readonly name: string;
  readonly bytes: number;
  readonly recognised: {
    readonly format: string;
    readonly title: string;
    readonly titleZh: string;
    readonly accounts: readonly string[];
  } | null;
  readonly columns: readonly string[];
  readonly nearest: readonly Nearest[];
}

export interface JobLine {
  readonly file: string;
  readonly status: string;
  readonly format: string;
  readonly read: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly reasons: readonly { readonly code: string; readonly count: number }[];
}

export interface JobState {
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly step: string | null;
  readonly progress: number | null;
  readonly lines: readonly JobLine[];
  readonly message: string | null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function whole(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function nearest(value: unknown): Nearest[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((one) => ({
    mapping: text(one['mapping']),
    matched: texts(one['matched']),
    missing: texts(one['missing'])
  }));
}

/** What the server made of an uploaded file. Throws ApiError when the answer has no id. */
export function readReceived(body: unknown): Received {
  if (!isRecord(body) || text(body['upload_id']) === '') {
    throw new ApiError('ANSWER_UNREADABLE', 'uploads');
  }
  const known = body['recognised'];
  return {
    upload_id: text(body['upload_id']),
    name: text(body['name']),
    bytes: whole(body['bytes']),
    recognised: isRecord(known)
      ? {
          format: text(known['format']),
          title: text(known['title']),
          titleZh: text(known['title_zh']) || text(known['title']),
          accounts: texts(known['account_candidates'])
        }
      : null,
    columns: texts(body['columns']),
    nearest: nearest(body['nearest'])
  };
}

function jobLine(value: Record<string, unknown>): JobLine {
  const reasons = Array.isArray(value['reasons']) ? value['reasons'].filter(isRecord) : [];
  return {
    file: text(value['file']),
    status: text(value['status']),
    format: text(value['format']),
    read: whole(value['rows_read']),
    loaded: whole(value['rows_loaded']) + whole(value['rows_updated']),
    rejected: whole(value['rows_rejected']),
    reasons: reasons.map((one) => ({ code: text(one['code']), count: whole(one['count']) }))
  };
}

const states = ['queued', 'running', 'done', 'failed'] as const;

export function readJob(body: unknown): JobState {
  const record = isRecord(body) ? body : {};
  const state = states.find((known) => known === record['state']);
  if (!state) throw new ApiError('ANSWER_UNREADABLE', 'jobs');
  const lines = Array.isArray(record['lines']) ? record['lines'].filter(isRecord) : [];
  return {
    state,
    step: text(record['step']) || null,
    progress: typeof record['progress'] === 'number' ? record['progress'] : null,
    lines: lines.filter((line) => text(line['file']) !== '').map(jobLine),
    message: text(record['message']) || null
  };
}

export interface LoadOrder {
  readonly upload_ids: readonly string[];
  readonly account?: string;
  readonly mapping?: string;
}

/** Starts a load; the answer is the id of its job. */
export async function startLoad(order: LoadOrder): Promise<string> {
  const body = await requestJson('/api/v1/loads', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(order)
  });
  const id = isRecord(body) ? text(body['job_id']) : '';
  if (id === '') throw new ApiError('ANSWER_UNREADABLE', 'loads');
  return id;
}

export async function readJobState(id: string): Promise<JobState> {
  return readJob(await requestJson(`/api/v1/jobs/${encodeURIComponent(id)}`));
}

/** Sends one file; `onProgress` hears the share sent. The browser streams it from disk. */
export function sendFile(file: File, onProgress: (share: number) => void): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiError('SERVER_AWAY', ''));
    request.onload = () => {
      try {
        if (request.status < 300) resolve(readReceived(request.response));
        else reject(uploadError(request.status, request.response));
      } catch (cause) {
        reject(cause instanceof Error ? cause : new ApiError('PAGE_FAULT', String(cause)));
      }
    };
    request.send(file);
  });
}

function uploadError(status: number, body: unknown): ApiError {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  const id = text(error['request_id']);
  const hint = text(error['hint']);
  return new ApiError(text(error['code']) || `HTTP_${status}`, text(error['message']), {
    ...(id === '' ? {} : { requestId: id }),
    ...(hint === '' ? {} : { hint })
  });
}
