import { describe, expect, it } from 'vitest';
import { ask, readHealth } from '../../web/lib/api/client.ts';
import { csvPath, questionPath } from '../../web/lib/api/questions.ts';
import { areRows } from '../../web/lib/api/shape.ts';
import { keyAction, type Pressed } from '../../web/lib/shell/keys.ts';
import { search, type PaletteItem } from '../../web/lib/shell/palette.ts';
import { nextSort, readSort, sorted } from '../../web/lib/ui/table.ts';

const pressed = (key: string, change: Partial<Pressed> = {}): Pressed => ({
  key,
  ctrl: false,
  isTyping: false,
  prefix: undefined,
  singleKeys: true,
  ...change
});

describe('keyboard', () => {
  it.each([
    ['g then m goes to markets', pressed('m', { prefix: 'g' }), { kind: 'go', path: '/' }],
    ['g then k goes to stock', pressed('k', { prefix: 'g' }), { kind: 'go', path: '/stock' }],
    ['k alone is the previous row', pressed('k'), { kind: 'row', direction: -1 }],
    ['[ steps back a period', pressed('['), { kind: 'period', direction: -1 }],
    [
      'Ctrl K opens the palette, also while typing',
      pressed('k', { ctrl: true, isTyping: true }),
      { kind: 'palette' }
    ],
    ['Escape closes, also while typing', pressed('Escape', { isTyping: true }), { kind: 'close' }]
  ])('%s', (_, press, action) => {
    expect(keyAction(press)).toEqual(action);
  });

  it('leaves single keys alone inside inputs and when they are switched off', () => {
    expect(keyAction(pressed('e', { isTyping: true }))).toBeUndefined();
    expect(keyAction(pressed('e', { singleKeys: false }))).toBeUndefined();
    expect(keyAction(pressed('c', { ctrl: true }))).toBeUndefined();
  });
});

describe('palette', () => {
  const item = (id: string, label: string, aliases: string[]): PaletteItem => ({
    id,
    group: id.startsWith('p') ? 'pages' : 'markets',
    label,
    detail: '',
    aliases
  });
  const items = [
    item('p1', 'Stock command', ['库存指挥台', 'dh']),
    item('p2', 'Data health', ['sjjk']),
    item('m1', 'Germany', ['DE', '德国', 'dg'])
  ];

  it('finds pages by pinyin initials and markets by code', () => {
    expect(search(items, 'dh').map((one) => one.id)).toEqual(['p1']);
    expect(search(items, 'de')[0]?.id).toBe('m1');
    expect(search(items, '德')[0]?.id).toBe('m1');
  });

  it('finds nothing for nonsense and everything for nothing', () => {
    expect(search(items, 'qqq')).toEqual([]);
    expect(search(items, ' ')).toHaveLength(3);
  });
});

describe('tables', () => {
  const rows = [{ v: 2 }, { v: null }, { v: 10 }];
  const columns = [{ key: 'v', label: 'V', sort: (row: { v: number | null }) => row.v }];

  it('put unknown figures last in either direction', () => {
    expect(sorted(rows, columns, readSort('v.asc')).map((row) => row.v)).toEqual([2, 10, null]);
    expect(sorted(rows, columns, readSort('v.desc')).map((row) => row.v)).toEqual([10, 2, null]);
  });

  it('turn round on the second click and start figures from the top', () => {
    expect(nextSort(undefined, 'v', false)).toBe('v.desc');
    expect(nextSort(readSort('v.desc'), 'v', false)).toBe('v.asc');
    expect(sorted(rows, columns, readSort('other.asc'))).toEqual(rows);
  });
});

describe('API client', () => {
  const answering = (status: number, body: unknown) => ({
    fetch: () => Promise.resolve(new Response(JSON.stringify(body), { status }))
  });

  it('asks for rows and CSV with the same parameters', () => {
    const params = { from: '2026-10-01', market: 'DE', channel: undefined };
    expect(questionPath('ledger_steps', params)).toBe(
      '/api/v1/questions/ledger_steps?from=2026-10-01&market=DE'
    );
    expect(csvPath('ledger_steps', params)).toBe(
      '/api/v1/questions/ledger_steps?from=2026-10-01&market=DE&format=csv'
    );
  });

  it('keeps code and request id of a refusal', async () => {
    const body = {
      error: { code: 'TIMEOUT', message: 'Too slow.', request_id: '7f3a', hint: 'Narrow it.' }
    };
    const answer = ask('products', {}, { effects: answering(503, body) });
    await expect(answer).rejects.toMatchObject({
      code: 'TIMEOUT',
      requestId: '7f3a',
      hint: 'Narrow it.'
    });
  });

  it('names the column that does not fit instead of drawing it', async () => {
    const rows = [{ sku: 'a', name: null, category: null, brand: 5 }];
    const answer = ask('products', {}, { effects: answering(200, { rows }) });
    await expect(answer).rejects.toMatchObject({
      code: 'ANSWER_UNREADABLE',
      message: 'products.brand'
    });
  });

  it('says when the server is away', async () => {
    const away = { fetch: () => Promise.reject(new TypeError('failed')) };
    await expect(readHealth(away)).rejects.toMatchObject({ code: 'SERVER_AWAY' });
  });

  it('takes money only as a decimal string', () => {
    expect(areRows([{ a: '1.50' }], { a: 'money' })).toBe(true);
    expect(areRows([{ a: 1.5 }], { a: 'money' })).toBe(false);
    expect(areRows([{ a: null }], { a: 'money?' })).toBe(true);
    expect(areRows([{}], { a: 'money?' })).toBe(false);
  });
});
