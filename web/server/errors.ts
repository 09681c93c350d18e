/** Trouble a caller is told about: a stable code, a status and words without SQL or stack. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, code: string, detail: ErrorDetail) {
    super(detail.message, { cause: detail.cause });
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.hint = detail.hint;
    this.retryAfterSeconds = detail.retryAfterSeconds;
  }
}

interface ErrorDetail {
  message: string;
  hint?: string;
  retryAfterSeconds?: number;
  cause?: unknown;
}

export interface ErrorBody {
  error: { code: string; message: string; request_id: string; hint?: string };
}

export function errorBody(error: ApiError, requestId: string): ErrorBody {
  const { code, message, hint } = error;
  return {
    error: { code, message, request_id: requestId, ...(hint === undefined ? {} : { hint }) }
  };
}
