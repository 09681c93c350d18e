import { randomUUID } from 'node:crypto';
import path from 'node:path';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { packageRoot } from '../../etl/warehouse/package-root.ts';
import { answersFrom } from './answers.ts';
import { apiRoutes, viewerOf } from './api.ts';
import { runPortolan, type RunCommand } from './command-line.ts';
import { ApiError, errorBody } from './errors.ts';
import { guardedRouter } from './guarded-router.ts';
import { jobsWith } from './jobs.ts';
import { openLog } from './log.ts';
import { pages } from './pages.ts';
import { ClientGone, QueryPool, type QueryLimits } from './query-pool.ts';
import { guardRequest } from './request-guard.ts';
import { noCache, resultCache } from './result-cache.ts';
import { securityHeaders } from './security-headers.ts';
import { sourceLinesOf } from './source-lines.ts';
import { uploadsOf } from './uploads.ts';
import { watchWarehouse } from './warehouse-watch.ts';

export interface AppEffects {
  readonly log: Logger;
  readonly run: RunCommand;
}

export interface AppOptions {
  readonly home: string;
  readonly pagesFolder?: string;
  readonly uploadLimitBytes?: number;
  readonly queryLimits?: Partial<QueryLimits>;
  readonly cache?: boolean;
  readonly effects?: AppEffects;
}

export interface App {
  readonly app: Express;
  /** Lets go of the warehouse. */
  close(): void;
}

const bodyLimit = '100kb';
const defaultUploadLimit = 1_000_000_000;

const giveRequestId: RequestHandler = (_request, response, next) => {
  const id = randomUUID();
  response.locals.requestId = id;
  response.set('X-Request-Id', id);
  next();
};

function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    response.on('close', () => {
      const milliseconds = Math.round(performance.now() - start);
      const { method, path: address } = request;
      const { statusCode: status } = response;
      log.info({ id: response.locals.requestId, method, address, status, milliseconds });
    });
    next();
  };
}

/** What the body parser and the router refuse, in our own codes. */
function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) {
    return new ApiError(413, 'BODY_TOO_LARGE', { message: 'The request is too large.' });
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ApiError(400, 'BAD_REQUEST', { message: 'The request cannot be read.' });
  }
  return new ApiError(500, 'INTERNAL', {
    message: 'Something went wrong inside Portolan. The log has the details.',
    cause: error
  });
}

function answerErrors(log: Logger): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  // eslint-disable-next-line max-params
  return (error: unknown, request, response, next) => {
    if (error instanceof ClientGone || response.destroyed) return;
    const known = asApiError(error);
    const id = String(response.locals.requestId);
    if (known.status >= 500) log.error({ id, address: request.path, err: error });
    if (response.headersSent) {
      next(error);
      return;
    }
    if (known.retryAfterSeconds !== undefined) {
      response.set('Retry-After', String(known.retryAfterSeconds));
    }
    // An unread upload must not keep the connection busy.
    if (!request.complete) response.set('Connection', 'close');
    response.removeHeader('ETag');
    response.set('Cache-Control', 'no-store').status(known.status).json(errorBody(known, id));
  };
}

const unknownAddress: RequestHandler = () => {
  throw new ApiError(404, 'NOT_FOUND', { message: 'There is nothing at this address.' });
};

function isCacheOn({ cache }: AppOptions): boolean {
  return cache ?? process.env.PORTOLAN_RESULT_CACHE !== 'off';
}

/** The whole server without a socket: pages, API, guards. Throws if a route declares no scope. */
export function createApp(options: AppOptions): App {
  const { log, run } = options.effects ?? { log: openLog(), run: runPortolan };
  const home = path.resolve(options.home);
  const pagesFolder = options.pagesFolder ?? path.join(packageRoot(), 'build', 'web');
  const warehouse = watchWarehouse(home, (error) => log.error({ err: error }));
  const pool = new QueryPool(options.queryLimits);
  const cache = isCacheOn(options) ? resultCache() : noCache;
  const answers = answersFrom({ warehouse, pool, cache });
  const sourceLines = sourceLinesOf({ home, warehouse, pool });
  const uploads = uploadsOf(home, options.uploadLimitBytes ?? defaultUploadLimit, run);
  const jobs = jobsWith(run, (error) => log.error({ err: error }));

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(giveRequestId, logRequests(log), securityHeaders(path.join(pagesFolder, 'index.html')));
  app.use(guardRequest);
  app.use('/api', express.json({ limit: bodyLimit, strict: true }));
  app.use(
    '/api/v1',
    guardedRouter(apiRoutes({ home, answers, sourceLines, uploads, jobs }), viewerOf)
  );
  app.use('/api', unknownAddress);
  app.use(pages(pagesFolder));
  app.use(answerErrors(log));
  return { app, close: () => warehouse.close() };
}
