import { z } from 'zod';
import { catalog, type Question } from '../../queries/catalog.ts';
import { sourceLine, sourceLineParams } from '../../queries/quality/source-line.ts';

type Json = Record<string, unknown>;

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fields(schema: z.ZodObject, io: 'input' | 'output') {
  const { properties, required } = jsonSchema(schema, io);
  const needed = Array.isArray(required) ? required.map(String) : [];
  return Object.entries(isJson(properties) ? properties : {}).map(([name, property]) => ({
    name,
    schema: isJson(property) ? property : {},
    required: needed.includes(name)
  }));
}

function typeName(schema: Json): string {
  const { type, format, enum: choices, anyOf } = schema;
  if (Array.isArray(choices)) return choices.map(String).join('|');
  if (typeof format === 'string') return format;
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return type.map(String).join('|');
  return Array.isArray(anyOf) ? anyOf.filter(isJson).map(typeName).join('|') : 'any';
}

/** The catalogue as the pages and other programs read it. */
export function describeQuestions() {
  return catalog.map(({ name, subject, title, params, row }) => ({
    name,
    subject,
    title,
    params: fields(params, 'input').map(({ schema, ...field }) => ({
      name: field.name,
      type: typeName(schema),
      required: field.required
    })),
    columns: fields(row, 'output').map((field) => ({
      name: field.name,
      type: typeName(field.schema)
    }))
  }));
}

const errorAnswer = (description: string): Json => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
});
const jsonAnswer = (description: string, schema: Json): Json => ({
  description,
  content: { 'application/json': { schema } }
});

const queryParameters = (params: z.ZodObject): Json[] =>
  fields(params, 'input').map(({ name, required, schema }) => ({
    ...{ name, in: 'query', required, schema }
  }));

function questionPath({ name, subject, title, params, row, scope }: Question): [string, Json] {
  const answer = {
    type: 'object',
    required: ['question', 'params', 'generation', 'rows'],
    properties: {
      question: { const: name },
      params: { type: 'object' },
      generation: { type: ['integer', 'null'] },
      rows: { type: 'array', items: jsonSchema(row, 'output') }
    }
  };
  const format = {
    name: 'format',
    in: 'query',
    required: false,
    schema: { enum: ['json', 'csv'] }
  };
  const get = {
    operationId: name,
    summary: title.en,
    tags: [subject],
    'x-title-zh': title.zh,
    'x-scope': scope,
    parameters: [...queryParameters(params), format],
    responses: {
      200: {
        description: 'The rows',
        content: {
          'application/json': { schema: answer },
          'text/csv': { schema: { type: 'string' } }
        }
      },
      400: errorAnswer('A parameter does not fit'),
      503: errorAnswer('Too many questions at once'),
      504: errorAnswer('The question took too long and was stopped')
    }
  };
  return [`/questions/${name}`, { get }];
}

const text = { type: 'string' };
const jobSchema = {
  type: 'object',
  required: ['job_id', 'state', 'step', 'progress', 'lines', 'message'],
  properties: {
    job_id: text,
    state: { enum: ['queued', 'running', 'done', 'failed'] },
    step: { type: ['string', 'null'] },
    progress: { type: ['number', 'null'], minimum: 0, maximum: 1 },
    lines: { type: 'array', items: { type: 'object' } },
    message: { type: ['string', 'null'] }
  }
};

const sourceLineOperation = {
  operationId: 'source_line',
  summary: 'The cells of one record as they stood in the download',
  'x-scope': 'read:quality',
  parameters: queryParameters(sourceLineParams),
  responses: {
    200: jsonAnswer('The line', jsonSchema(sourceLine, 'output')),
    400: errorAnswer('A parameter does not fit'),
    404: errorAnswer('Unknown file or record, or its cells are not kept any more')
  }
};

function otherPaths(): Json {
  const object = { type: 'object' };
  const binary = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
  const load = {
    type: 'object',
    required: ['upload_ids'],
    properties: { upload_ids: { type: 'array', items: text }, account: text, mapping: text }
  };
  const named = (name: string, place: string) => ({
    name,
    in: place,
    required: true,
    schema: text
  });
  return {
    '/health': { get: { operationId: 'health', responses: { 200: jsonAnswer('State', object) } } },
    '/questions': {
      get: {
        operationId: 'questions',
        responses: { 200: jsonAnswer('The catalogue', { type: 'array', items: object }) }
      }
    },
    '/source-lines': { get: sourceLineOperation },
    '/uploads': {
      post: {
        operationId: 'upload',
        parameters: [named('name', 'query')],
        requestBody: { required: true, content: binary },
        responses: {
          200: jsonAnswer('What the file is', object),
          413: errorAnswer('Too large')
        }
      }
    },
    '/loads': {
      post: {
        operationId: 'load',
        requestBody: { required: true, content: { 'application/json': { schema: load } } },
        responses: { 202: jsonAnswer('Queued', object), 404: errorAnswer('Unknown upload') }
      }
    },
    '/jobs/{id}': {
      get: {
        operationId: 'job',
        parameters: [named('id', 'path')],
        responses: { 200: jsonAnswer('The job', jobSchema), 404: errorAnswer('Unknown job') }
      }
    }
  };
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'request_id'],
      properties: { code: text, message: text, request_id: text, hint: text }
    }
  }
};

/** The whole API as OpenAPI 3.1, written from the catalogue so that it cannot drift. */
export function openApi(version: string): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Portolan', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }],
    paths: { ...Object.fromEntries(catalog.map(questionPath)), ...otherPaths() },
    components: { schemas: { Error: errorSchema } }
  };
}
