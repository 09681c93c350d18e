import type { Row } from '../../etl/warehouse/rows.ts';

export interface CachedAnswer {
  readonly params: Record<string, unknown>;
  readonly columns: readonly { name: string; type: string }[];
  readonly rows: readonly Row[];
}

export interface ResultCache {
  get(key: string): CachedAnswer | undefined;
  put(key: string, answer: CachedAnswer): void;
}

const maxAnswers = 500;
const maxCells = 2_000_000;

/** Keeps the answers used last, bounded by count and by cells; a key holds the generation. */
export function resultCache(): ResultCache {
  const kept = new Map<string, CachedAnswer>();
  let cells = 0;
  const sizeOf = (answer: CachedAnswer): number => answer.rows.length * answer.columns.length + 1;
  const forget = (key: string): void => {
    const answer = kept.get(key);
    if (answer === undefined) return;
    cells -= sizeOf(answer);
    kept.delete(key);
  };
  return {
    get(key) {
      const answer = kept.get(key);
      if (answer === undefined) return undefined;
      kept.delete(key);
      kept.set(key, answer);
      return answer;
    },
    put(key, answer) {
      forget(key);
      if (sizeOf(answer) > maxCells / 10) return;
      kept.set(key, answer);
      cells += sizeOf(answer);
      for (const oldest of kept.keys()) {
        if (kept.size <= maxAnswers && cells <= maxCells) break;
        forget(oldest);
      }
    }
  };
}

/** For benchmarks and doubt: every answer is computed. */
export const noCache: ResultCache = { get: () => undefined, put: () => undefined };
