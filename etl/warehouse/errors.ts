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

/** True when there was no room to write, whoever wrote. */
export function isDiskFull(error: unknown): boolean {
  return /No space left|ENOSPC|could not write|failed to write|file or directory too large/i.test(
    messageOf(error)
  );
}

/** Trouble of the machine, not of the file being read: it ends the work and the draft with it. */
export function isMachineTrouble(error: unknown): boolean {
  return isDiskFull(error) || /Out of Memory|has been invalidated/i.test(messageOf(error));
}
