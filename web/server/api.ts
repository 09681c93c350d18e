import { once } from 'node:events';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { csvLines } from '../../queries/csv.ts';
import { findQuestion, parseParams, type Answers, type Asked } from './answers.ts';
import { ApiError } from './errors.ts';
import type { Route } from './guarded-router.ts';
import { productVersion, readHealth } from './health.ts';
import type { Jobs } from './jobs.ts';
import { describeQuestions, openApi } from './openapi.ts';
import { localOwner, type Viewer } from './policy.ts';
import type { SourceLines } from './source-lines.ts';
import type { Uploads } from './uploads.ts';

export interface ApiParts {
  readonly home: string;
  readonly answers: Answers;
  readonly sourceLines: SourceLines;
  readonly uploads: Uploads;
  readonly jobs: Jobs;
}

export const viewerOf = (_request: Request): Viewer => localOwner;

/** Aborts when the client goes away before its answer is out. */
function clientSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

const formats = z.enum(['json', 'csv']);

function readQuestion(request: Request): { asked: Asked; format: 'json' | 'csv' } {
  const question = findQuestion(String(request.params.name));
  const { format, ...raw } = request.query;
  const chosen = formats.safeParse(format ?? (request.accepts(['json', 'csv']) || 'json'));
  if (!chosen.success) {
    throw new ApiError(400, 'BAD_PARAMETER', { message: 'format: json or csv' });
  }
  const params = parseParams(question, raw);
  return { asked: { question, params, viewer: viewerOf(request) }, format: chosen.data };
}

async function answerQuestion(answers: Answers, request: Request, response: Response) {
  const { asked, format } = readQuestion(request);
  response.vary('Accept').set('Cache-Control', 'private, no-cache');
  response.set('ETag', `"${await answers.tag(asked)}-${format}"`);
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const signal = clientSignal(response);
  const { params, columns, rows, generation } = await answers.ask(asked, signal);
  const { name } = asked.question;
  if (format === 'json') {
    response.json({ question: name, params, generation, rows });
    return;
  }
  response.type('text/csv').set('Content-Disposition', `attachment; filename="${name}.csv"`);
  for (const piece of csvLines(columns, rows)) {
    if (!response.write(piece)) await once(response, 'drain', { signal });
  }
  response.end();
}

const nameForm = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);
const loadRequest = z.strictObject({
  upload_ids: z.array(z.string()).min(1).max(200),
  account: nameForm.optional(),
  mapping: nameForm.optional()
});

async function startLoad(parts: ApiParts, request: Request, response: Response): Promise<void> {
  const { home, uploads, jobs } = parts;
  const body = loadRequest.safeParse(request.body);
  if (!body.success) {
    const faults = body.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ApiError(400, 'BAD_PARAMETER', { message: faults.join('; ') });
  }
  const { upload_ids: ids, account, mapping } = body.data;
  const files = await Promise.all(ids.map((id) => uploads.find(id)));
  const options = [
    ...(account === undefined ? [] : ['--account', account]),
    ...(mapping === undefined ? [] : ['--mapping', mapping])
  ];
  const forget = async (): Promise<void> => {
    for (const id of ids) await uploads.remove(id);
  };
  const job = jobs.start(['load', ...files, '--home', home, '--json', ...options], forget);
  response.status(202).json({ job_id: job.job_id });
}

async function receiveUpload(uploads: Uploads, request: Request, response: Response) {
  const { name } = request.query;
  if (!request.is('application/octet-stream')) {
    throw new ApiError(415, 'BAD_CONTENT_TYPE', { message: 'Send application/octet-stream.' });
  }
  const upload = await uploads.receive(typeof name === 'string' ? name : '', request);
  response.json(upload);
}

/** Every route of the API with what it demands of the viewer. */
export function apiRoutes(parts: ApiParts): Route[] {
  const { home, answers, sourceLines, uploads, jobs } = parts;
  const document = openApi(productVersion());
  const questions = describeQuestions();
  return [
    {
      ...{ method: 'get', path: '/health', scope: 'read:status' },
      handle: async (_request, response) => {
        response.set('Cache-Control', 'no-store');
        response.json(await readHealth(home, answers, clientSignal(response)));
      }
    },
    {
      ...{ method: 'get', path: '/questions', scope: 'read:status' },
      handle: (_request, response) => void response.json(questions)
    },
    {
      ...{ method: 'get', path: '/openapi.json', scope: 'read:status' },
      handle: (_request, response) => void response.json(document)
    },
    {
      ...{ method: 'get', path: '/questions/:name' },
      scope: (request) => findQuestion(String(request.params.name)).scope,
      handle: (request, response) => answerQuestion(answers, request, response)
    },
    {
      ...{ method: 'get', path: '/source-lines', scope: 'read:quality' },
      handle: async (request, response) => {
        response.set('Cache-Control', 'no-store');
        response.json(await sourceLines.find(request.query, clientSignal(response)));
      }
    },
    {
      ...{ method: 'post', path: '/uploads', scope: 'write:loads' },
      handle: (request, response) => receiveUpload(uploads, request, response)
    },
    {
      ...{ method: 'post', path: '/loads', scope: 'write:loads' },
      handle: (request, response) => startLoad(parts, request, response)
    },
    {
      ...{ method: 'get', path: '/jobs/:id', scope: 'read:status' },
      handle: (request, response) => {
        response.set('Cache-Control', 'no-store');
        response.json(jobs.find(String(request.params.id)));
      }
    }
  ];
}
