import iconv from 'iconv-lite';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodingOf, rewriteAsUtf8, scanBytes } from '../../etl/load/encoding.ts';
import { rewriteLineEnds } from '../../etl/load/line-ends.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';

const scratch = scratchFolder();
const german = 'Größe;Müller;Straße äöü\n';
const japanese = '注文番号,商品名\n250-1,コーヒーカップ\n250-2,タオル\n';

async function found(name: string, bytes: Buffer, market?: string): Promise<string> {
  const path = scratch.write(name, bytes);
  return encodingOf(path, await scanBytes(path), market);
}

describe('the encoding of a file', () => {
  it.each([
    ['utf-8', Buffer.from(german), undefined],
    ['utf-8', Buffer.from(`\ufeff${german}`), undefined],
    ['utf-16le', iconv.encode(german, 'utf-16le', { addBOM: true }), undefined],
    ['utf-16be', iconv.encode(german, 'utf-16be', { addBOM: true }), undefined],
    ['utf-16le', Buffer.from('order,amount\n1,2\n', 'utf16le'), undefined],
    ['utf-16be', iconv.encode('order,amount\n1,2\n', 'utf-16be', { addBOM: false }), undefined],
    ['windows-1252', iconv.encode(german, 'windows-1252'), 'DE'],
    ['cp932', iconv.encode(japanese, 'cp932'), 'JP'],
    ['cp932', iconv.encode(japanese, 'cp932'), undefined],
    ['gb18030', iconv.encode('订单号,商品名称\n1,毛巾\n', 'gb18030'), 'CN'],
    ['windows-874', iconv.encode('หมายเลขคำสั่งซื้อ,สินค้า\n', 'windows-874'), 'TH']
  ])('is told: %s (case %#)', async (encoding, bytes, market) => {
    expect(await found('told', bytes, market)).toBe(encoding);
  });

  it('stays UTF-8 when a few bytes are damaged, so that only their lines are lost', async () => {
    const damaged = Buffer.concat([
      Buffer.from(german.repeat(20)),
      Buffer.from([0xc3, 0x28, 0x0a])
    ]);
    const path = scratch.write('damaged', damaged);
    const scan = await scanBytes(path);
    expect(scan.isUtf8).toBe(false);
    expect(encodingOf(path, scan, 'DE')).toBe('utf-8');
  });

  it('does not depend on where a chunk of reading ends', async () => {
    const text = 'x'.repeat(2 ** 20 - 1) + 'é'.repeat(1000);
    expect((await scanBytes(scratch.write('long', text))).isUtf8).toBe(true);
    expect((await scanBytes(scratch.write('cut', Buffer.from(text).subarray(0, -1)))).isUtf8).toBe(
      false
    );
  });

  it.each([
    ['utf-16le', true],
    ['utf-16be', true],
    ['cp932', false]
  ])('is rewritten as UTF-8 from %s without loss', async (encoding, addBOM) => {
    const from = scratch.write('from', iconv.encode(japanese.repeat(5000), encoding, { addBOM }));
    const to = join(scratch.path, 'to');
    await rewriteAsUtf8(from, to, encoding);
    expect(readFileSync(to, 'utf8')).toBe(japanese.repeat(5000));
  });
});

describe('line ends', () => {
  it.each([
    ['a\r\nb\nc\r\n', 'a\nb\nc\n'],
    ['a\r\r\nb\n', 'a\nb\n'],
    ['a\rb\n', 'a b\n'],
    ['a\r', 'a']
  ])('become one kind: %j', async (before, after) => {
    const from = scratch.write('ends', before);
    const to = join(scratch.path, 'one-kind');
    await rewriteLineEnds(from, to);
    expect(readFileSync(to, 'utf8')).toBe(after);
  });
});
