import { createHash } from 'node:crypto';
import { catalog, type Question } from '../../queries/catalog.ts';
import { QuestionError, runQuestion } from '../../queries/run-question.ts';
import { ApiError } from './errors.ts';
import { assertAllowed } from './guarded-router.ts';
import { policyFingerprint, type Viewer } from './policy.ts';
import type { QueryPool } from './query-pool.ts';
import type { CachedAnswer, ResultCache } from './result-cache.ts';
import type { Lease, WarehouseWatch } from './warehouse-watch.ts';

export interface Asked {
  readonly question: Question;
  readonly params: Record<string, unknown>;
  readonly viewer: Viewer;
}

export interface Answer extends CachedAnswer {
  readonly generation: number | null;
}

export interface Answers {
  /** Names what an answer depends on: equal tags mean equal rows. */
  tag(asked: Asked): Promise<string>;
  ask(asked: Asked, signal: AbortSignal): Promise<Answer>;
}

const byName = new Map(catalog.map((question) => [question.name, question]));

export function findQuestion(name: string): Question {
  const question = byName.get(name);
  if (question !== undefined) return question;
  throw new ApiError(404, 'UNKNOWN_QUESTION', {
    message: 'There is no such question.',
    hint: 'GET /api/v1/questions lists them.'
  });
}

/** Parses what the client sent; throws BAD_PARAMETER naming each parameter that does not fit. */
export function parseParams(question: Question, raw: Record<string, unknown>) {
  const unknown = Object.keys(raw).filter((name) => !(name in question.params.shape));
  const parsed = question.params.safeParse(raw);
  if (parsed.success && unknown.length === 0) return parsed.data;
  const faults = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const strangers = unknown.map((name) => `${name.slice(0, 40)}: no such parameter`);
  throw new ApiError(400, 'BAD_PARAMETER', { message: [...faults, ...strangers].join('; ') });
}

function cacheKey(asked: Asked, identity: string): string {
  const { question, params, viewer } = asked;
  const sorted = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([question.name, sorted, identity, policyFingerprint(viewer)]);
}

interface Parts {
  readonly warehouse: WarehouseWatch;
  readonly pool: QueryPool;
  readonly cache: ResultCache;
}

/** Every answer of the server, screen or export, comes through here and the policy with it. */
export function answersFrom({ warehouse, pool, cache }: Parts): Answers {
  const compute = async (asked: Asked, lease: Lease, signal: AbortSignal): Promise<Answer> => {
    const key = cacheKey(asked, lease.identity);
    const generation = lease.generation.number;
    const kept = cache.get(key);
    if (kept !== undefined) return { ...kept, generation };
    const answer = await pool.run(lease.generation, signal, (connection) =>
      runQuestion(connection, asked.question, asked.params)
    );
    cache.put(key, answer);
    return { ...answer, generation };
  };
  const allow = ({ question, params, viewer }: Asked): void => {
    const { market } = params;
    assertAllowed(viewer, question.scope, typeof market === 'string' ? market : undefined);
  };

  return {
    async tag(asked) {
      const lease = await warehouse.lease();
      lease?.release();
      const key = cacheKey(asked, lease?.identity ?? 'empty');
      return createHash('sha256').update(key).digest('hex').slice(0, 32);
    },
    async ask(asked, signal) {
      allow(asked);
      const lease = await warehouse.lease();
      if (lease === undefined) {
        const columns = Object.keys(asked.question.row.shape).map((name) => ({ name, type: '' }));
        return { params: asked.params, columns, rows: [], generation: null };
      }
      try {
        return await compute(asked, lease, signal);
      } catch (error) {
        if (!(error instanceof QuestionError)) throw error;
        throw new ApiError(400, error.code, { message: error.message, cause: error });
      } finally {
        lease.release();
      }
    }
  };
}
