import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeGeneration } from '../../etl/warehouse/generations.ts';
import { buildMarts } from '../../queries/build-marts.ts';
import { catalog } from '../../queries/catalog.ts';
import type { Serving } from '../../web/server/serve.ts';
import { portolan, sampleHome } from '../setup/sample-home.ts';
import { rawRequest, served, type Reply } from '../setup/served.ts';

const work = mkdtempSync(path.join(tmpdir(), 'portolan-contract-'));
const homes: Record<string, Serving> = {};

beforeAll(async () => {
  const empty = path.join(work, 'empty');
  await writeGeneration({ home: empty, readFrom: [] }, async ({ connection }) => {
    await buildMarts(connection, () => undefined);
    return 'publish';
  });
  homes['nothing loaded'] = await served({ home: path.join(work, 'nothing') });
  homes['an empty warehouse'] = await served({ home: empty });
  homes['the sample seller'] = await served({ home: await sampleHome() });
});
afterAll(async () => {
  for (const serving of Object.values(homes)) await serving.stop();
  rmSync(work, { recursive: true, force: true });
});

type Row = Record<string, unknown>;
interface Body {
  question: string;
  params: Row;
  generation: number | null;
  rows: Row[];
}

const get = (home: string, place: string, headers: Record<string, string> = {}): Promise<Reply> =>
  rawRequest(homes[home]!.address, `/api/v1${place}`, { headers });
const bodyOf = (reply: Reply): Body => JSON.parse(reply.text) as Body;
const codeOf = (reply: Reply): string =>
  (JSON.parse(reply.text) as { error: { code: string } }).error.code;

/** A value for each parameter a question may insist on. */
const sampleParams = (name: string): string => {
  const needed = Object.entries(catalog.find((question) => question.name === name)!.params.shape)
    .filter(([, schema]) => !schema.safeParse(undefined).success)
    .map(([param]) => {
      if (param === 'sku') return 'sku=PT-0001';
      return param.endsWith('to') ? `${param}=2026-06-30` : `${param}=2026-01-01`;
    });
  return needed.join('&');
};

const cases = ['nothing loaded', 'an empty warehouse', 'the sample seller'].flatMap((home) =>
  catalog.map(({ name }) => ({ home, name }))
);

describe('every question', () => {
  it.each(cases)('$name answers with $home in rows of its schema', async ({ home, name }) => {
    const question = catalog.find((entry) => entry.name === name)!;
    const reply = await get(home, `/questions/${name}?${sampleParams(name)}`);
    expect(reply.text.slice(0, 300)).toContain(`"question":"${name}"`);
    expect(reply.status).toBe(200);
    const { rows } = bodyOf(reply);
    const columns = Object.keys(question.row.shape);
    for (const row of rows.slice(0, 200)) {
      expect(Object.keys(row)).toEqual(columns);
      const parsed = question.row.safeParse(row);
      expect(parsed.success ? [] : parsed.error.issues).toEqual([]);
    }
  });

  it.each(catalog.map(({ name }) => name))('%s exports the rows it shows', async (name) => {
    const place = `/questions/${name}?${sampleParams(name)}`;
    const shown = bodyOf(await get('the sample seller', place)).rows;
    const reply = await get('the sample seller', place, { accept: 'text/csv' });
    expect(reply.headers['content-type']).toContain('text/csv');
    const exported = parse(reply.text, { columns: true, bom: false }) as Record<string, string>[];
    expect(exported).toHaveLength(shown.length);
    const asText = (value: unknown): string => {
      if (value === null || value === undefined) return '';
      return Array.isArray(value) ? value.map(String).join(' ') : String(value);
    };
    shown.forEach((row, index) => {
      const cells = exported[index]!;
      for (const [column, value] of Object.entries(row)) {
        const text = asText(value);
        // Text that a spreadsheet would run carries an apostrophe in the file, nowhere else.
        expect([text, `'${text}`]).toContain(cells[column]);
      }
    });
  });

  it.each(['market_totals', 'ledger_steps', 'top_products', 'load_files'])(
    '%s gives the command line what it gives a program',
    async (name) => {
      const home = ['--home', await sampleHome()];
      const shown = bodyOf(await get('the sample seller', `/questions/${name}`)).rows;
      const json = await portolan('query', name, '--format', 'json', ...home);
      expect(JSON.parse(json.stdout)).toEqual(shown);
      const exported = await get('the sample seller', `/questions/${name}?format=csv`);
      expect((await portolan('query', name, '--format', 'csv', ...home)).stdout).toBe(
        exported.text
      );
    }
  );

  it('has its title in both languages and its route in the API description', async () => {
    const { paths } = JSON.parse((await get('nothing loaded', '/openapi.json')).text) as {
      paths: Record<string, { get?: { parameters?: { name: string }[] } }>;
    };
    for (const { name, title, params } of catalog) {
      expect(title.en).not.toBe('');
      expect(title.zh).toMatch(/\p{Script=Han}/u);
      const described = paths[`/questions/${name}`]?.get?.parameters?.map((entry) => entry.name);
      expect(described).toEqual([...Object.keys(params.shape), 'format']);
    }
  });

  it('is listed with its parameters and columns', async () => {
    const listed = JSON.parse((await get('nothing loaded', '/questions')).text) as {
      name: string;
      columns: { name: string }[];
    }[];
    expect(listed.map(({ name }) => name)).toEqual(catalog.map(({ name }) => name));
    for (const { name, columns } of listed) {
      const shape = catalog.find((question) => question.name === name)!.row.shape;
      expect(columns.map((column) => column.name)).toEqual(Object.keys(shape));
    }
  });
});

describe('hostile values', () => {
  const hostile = [
    `'; drop table facts.ledger_entry; --`,
    `" or 1=1 --`,
    '$from',
    '%',
    '\u0000',
    '\u202e文字🙂',
    'NaN',
    '1e999',
    '-1',
    '9223372036854775808',
    '0000-00-00',
    '2026-02-30',
    '../../etc/passwd',
    '{"$ne":1}',
    'x'.repeat(10_000)
  ];
  const attacks = catalog.flatMap(({ name, params }) =>
    Object.keys(params.shape).map((param) => ({ name, param }))
  );

  it.each(attacks)('in $param of $name give 400 or an answer, never 500', async (attack) => {
    const { name, param } = attack;
    for (const value of hostile) {
      const others = sampleParams(name)
        .split('&')
        .filter((pair) => pair !== '' && !pair.startsWith(`${param}=`));
      const query = [...others, `${param}=${encodeURIComponent(value)}`].join('&');
      const reply = await get('the sample seller', `/questions/${name}?${query}`);
      const outcome = `${value.slice(0, 40)} -> ${reply.status} ${reply.text.slice(0, 200)}`;
      expect([200, 400], outcome).toContain(reply.status);
      if (reply.status === 400) expect(codeOf(reply), outcome).toBe('BAD_PARAMETER');
      expect(reply.text).not.toMatch(/\bat .*\.[jt]s:|Binder Error|Parser Error|select .* from/i);
    }
  });

  it('after which every table still stands', async () => {
    const reply = await get('the sample seller', '/questions/market_totals');
    expect(bodyOf(reply).rows.length).toBeGreaterThan(0);
  });
});

describe('what does not fit', () => {
  it.each([
    ['/questions/no_such_question', 404, 'UNKNOWN_QUESTION'],
    ['/questions/__proto__', 404, 'UNKNOWN_QUESTION'],
    ['/questions/constructor', 404, 'UNKNOWN_QUESTION'],
    ['/questions/..%2f..%2fetc', 404, 'UNKNOWN_QUESTION'],
    ['/questions/market_totals?from=yesterday', 400, 'BAD_PARAMETER'],
    ['/questions/market_totals?basis=guessed', 400, 'BAD_PARAMETER'],
    ['/questions/market_totals?stranger=1', 400, 'BAD_PARAMETER'],
    ['/questions/market_totals?from=2026-01-01&from=2026-02-01', 400, 'BAD_PARAMETER'],
    ['/questions/market_totals?format=xml', 400, 'BAD_PARAMETER'],
    ['/questions/market_totals?format=../../x', 400, 'BAD_PARAMETER'],
    ['/no_such_thing', 404, 'NOT_FOUND']
  ])('%s is answered %i %s with a request id', async (place, status, code) => {
    const reply = await get('the sample seller', place);
    expect([reply.status, codeOf(reply)]).toEqual([status, code]);
    const { error } = JSON.parse(reply.text) as { error: { request_id: string } };
    expect(error.request_id).toBe(reply.headers['x-request-id']);
  });
});

describe('asking again', () => {
  it('costs nothing while nothing changed, and formats do not mix', async () => {
    const place = '/questions/market_totals';
    const first = await get('the sample seller', place);
    const tag = String(first.headers.etag);
    const again = await get('the sample seller', place, { 'if-none-match': tag });
    expect([again.status, again.text]).toEqual([304, '']);
    const csv = await get('the sample seller', `${place}?format=csv`, { 'if-none-match': tag });
    expect(csv.status).toBe(200);
    const other = await get('the sample seller', `${place}?from=2026-01-02`, {
      'if-none-match': tag
    });
    expect(other.status).toBe(200);
  });

  it('says in health which generation answers and how old it is', async () => {
    const health = JSON.parse((await get('the sample seller', '/health')).text) as Row;
    expect(health).toMatchObject({ status: 'ok', computing: false });
    expect(health.as_of).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(health.loaded_at).toMatch(/^\d{4}-\d{2}-\d{2}T/);
    const none = JSON.parse((await get('nothing loaded', '/health')).text) as Row;
    expect(none).toMatchObject({ status: 'empty', generation: null, as_of: null });
  });
});
