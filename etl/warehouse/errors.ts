/** A failed statement: the engine's message, with the SQL kept for logs and never for people. */
export class WarehouseError extends Error {
  readonly sql: string;

  constructor(message: string, sql: string, cause: unknown) {
    super(message, { cause });
    this.name = 'WarehouseError';
    this.sql = sql;
  }
}

/** Something the person at the command line can mend; the message says how. Exit code 2. */
export class UsageError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'UsageError';
    this.code = code;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
