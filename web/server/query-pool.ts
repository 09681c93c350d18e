import type { Connection } from '../../etl/warehouse/connection.ts';
import type { Generation } from '../../etl/warehouse/open.ts';
import { ApiError } from './errors.ts';

export interface QueryLimits {
  running: number;
  queued: number;
  timeoutMs: number;
}

export const defaultLimits: QueryLimits = { running: 4, queued: 50, timeoutMs: 10_000 };

/** Thrown when the client has gone: nobody is left to answer. */
export class ClientGone extends Error {}

const interruptEveryMs = 100;

/**
 * Runs a few queries at a time and lets a bounded number wait; a query that takes too long, or
 * whose client has gone, is interrupted in the engine rather than left running.
 */
export class QueryPool {
  readonly #limits: QueryLimits;
  readonly #waiting: (() => void)[] = [];
  readonly #idle = new WeakMap<Generation, Connection[]>();
  #running = 0;

  constructor(limits: Partial<QueryLimits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  async run<T>(
    generation: Generation,
    signal: AbortSignal,
    work: (connection: Connection) => Promise<T>
  ): Promise<T> {
    await this.#takeTurn(signal);
    try {
      const connection = this.#idle.get(generation)?.pop() ?? (await generation.connect());
      try {
        return await this.#guarded(connection, signal, work);
      } finally {
        const idle = this.#idle.get(generation) ?? [];
        this.#idle.set(generation, [...idle, connection]);
      }
    } finally {
      // The turn is handed over, never given up in between: nobody can slip past the queue.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  async #takeTurn(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw new ClientGone();
    if (this.#running >= this.#limits.running) await this.#wait(signal);
    else this.#running += 1;
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length >= this.#limits.queued) {
      throw new ApiError(503, 'BUSY', {
        message: 'Too many questions at once. Try again in a moment.',
        retryAfterSeconds: 1
      });
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const place = this.#waiting.indexOf(proceed);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(new ClientGone());
      };
      const proceed = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(proceed);
    });
  }

  async #guarded<T>(
    connection: Connection,
    signal: AbortSignal,
    work: (connection: Connection) => Promise<T>
  ): Promise<T> {
    const late = AbortSignal.timeout(this.#limits.timeoutMs);
    const stop = AbortSignal.any([signal, late]);
    // An interrupt between two statements is lost, so it is repeated until the work gives up.
    const timer = setInterval(() => {
      if (stop.aborted) connection.interrupt();
    }, interruptEveryMs);
    try {
      return await work(connection);
    } catch (cause) {
      if (signal.aborted) throw new ClientGone();
      if (!late.aborted) throw cause;
      throw new ApiError(504, 'QUERY_TIMEOUT', {
        message: 'The question took too long and was stopped.',
        hint: 'Ask for a shorter period or fewer rows.',
        cause
      });
    } finally {
      clearInterval(timer);
    }
  }
}
