import {
  findSourceLine,
  readLineParams,
  type SourceLine,
  SourceLineError
} from '../../queries/quality/source-line.ts';
import { ApiError } from './errors.ts';
import type { QueryPool } from './query-pool.ts';
import type { WarehouseWatch } from './warehouse-watch.ts';

export interface SourceLines {
  /** The line a ledger entry came from. Throws BAD_PARAMETER, or 404 with a sentence where there is none. */
  find(raw: Record<string, unknown>, signal: AbortSignal): Promise<SourceLine>;
}

interface Parts {
  readonly home: string;
  readonly warehouse: WarehouseWatch;
  readonly pool: QueryPool;
}

function asApiError(cause: unknown): unknown {
  if (!(cause instanceof SourceLineError)) return cause;
  const { code, message } = cause;
  return new ApiError(code === 'BAD_PARAMETER' ? 400 : 404, code, { message, cause });
}

export function sourceLinesOf({ home, warehouse, pool }: Parts): SourceLines {
  return {
    async find(raw, signal) {
      const lease = await warehouse.lease();
      try {
        const params = readLineParams(raw);
        if (lease === undefined) {
          throw new SourceLineError('FILE_UNKNOWN', 'Nothing has been loaded yet.');
        }
        return await pool.run(lease.generation, signal, (connection) =>
          findSourceLine(connection, home, params)
        );
      } catch (cause) {
        throw asApiError(cause);
      } finally {
        lease?.release();
      }
    }
  };
}
