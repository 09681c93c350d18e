import { expect, it } from 'vitest';
import { fetchSourceLine } from '../../web/lib/api/source-line.ts';

const line = {
  file: 'a b.csv',
  account: 'shop',
  format: 'shopify-orders',
  record: 2,
  sha256: 'f'.repeat(64),
  loaded_at: '2026-11-22T00:00:00Z',
  cells: [
    { column: 'Name', value: 'A-1' },
    { column: 'Notes', value: null }
  ],
  not_kept: ['Email'],
  rejected: null,
  same_name: []
};

const answering = (status: number, body: unknown) => {
  const asked: string[] = [];
  const fetch = (input: RequestInfo | URL): Promise<Response> => {
    asked.push(String(input));
    return Promise.resolve(Response.json(body, { status }));
  };
  return { asked, effects: { fetch } };
};

it('asks for one record and gives its cells', async () => {
  const { asked, effects } = answering(200, line);
  const params = { file: 'a b.csv', record: 2, account: 'shop' };
  expect(await fetchSourceLine(params, { effects })).toEqual(line);
  expect(asked).toEqual(['/api/v1/source-lines?file=a+b.csv&record=2&account=shop']);
});

it('hands on the sentence of a refusal', async () => {
  const error = { code: 'LINE_NOT_KEPT', message: 'Open the download.', request_id: 'r' };
  const { effects } = answering(404, { error });
  const answer = fetchSourceLine({ file: 'a.csv', record: 2 }, { effects });
  await expect(answer).rejects.toMatchObject({
    code: 'LINE_NOT_KEPT',
    message: 'Open the download.'
  });
});

it.each([
  [{ ...line, cells: [{ column: 'Name', value: 1 }] }, 'source-lines.cells'],
  [{ ...line, record: '2' }, 'source-lines.record']
])('does not draw an answer it cannot read', async (body, message) => {
  const { effects } = answering(200, body);
  const answer = fetchSourceLine({ file: 'a.csv', record: 2 }, { effects });
  await expect(answer).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE', message });
});
