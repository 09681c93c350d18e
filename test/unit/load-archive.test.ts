import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isXlsx, unpackGzip, unpackZip } from '../../etl/load/archive.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { zipOf } from '../fuzz/zip.ts';

const scratch = scratchFolder();
const bomb = Buffer.alloc(80 * 2 ** 20, 'a');
let serial = 0;
const fresh = () => join(scratch.path, `out-${String((serial += 1))}`);

describe('archives', () => {
  it('gives every file of a zip a name of our own, whatever the archive calls it', async () => {
    const entries: [string, Buffer][] = [
      ['reports/same.csv', Buffer.from('a')],
      ['other/same.csv', Buffer.from('b')],
      ['reports/näme\u202e.csv', Buffer.from('c')],
      ['reports/', Buffer.alloc(0)],
      ['.DS_Store', Buffer.from('x')]
    ];
    const folder = fresh();
    const unpacked = await unpackZip(scratch.write('many.zip', zipOf(entries)), folder);
    expect(unpacked.map(({ path }) => readFileSync(path, 'utf8'))).toEqual(['a', 'b', 'c']);
    expect(readdirSync(folder).every((name) => /^\d+-[A-Za-z0-9._-]+$/.test(name))).toBe(true);
  });

  it.each(['../../evil.csv', '/etc/evil.csv', 'a/../../evil.csv'])(
    'never leaves its folder: %s',
    async (name) => {
      const zip = scratch.write('evil.zip', zipOf([[name, Buffer.from('x')]]));
      await expect(unpackZip(zip, fresh())).rejects.toMatchObject({ code: 'ARCHIVE_DAMAGED' });
      expect(existsSync(join(scratch.path, '..', 'evil.csv'))).toBe(false);
    }
  );

  it('stops a bomb before it fills the disk', async () => {
    const zip = scratch.write('bomb.zip', zipOf([['bomb.csv', bomb]]));
    await expect(unpackZip(zip, fresh())).rejects.toMatchObject({ code: 'ARCHIVE_TOO_LARGE' });
    const gzip = scratch.write('bomb.gz', gzipSync(bomb));
    await expect(unpackGzip(gzip, fresh())).rejects.toMatchObject({ code: 'ARCHIVE_TOO_LARGE' });
  });

  it.each([0.2, 0.9])('says that an archive cut at %d of its length is damaged', async (share) => {
    const text = Buffer.from(
      Array.from({ length: 5000 }, (_, i) => `row ${String(i * 7919)}\n`).join('')
    );
    const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * share));
    const zip = scratch.write('cut.zip', cut(zipOf([['a.csv', text]])));
    await expect(unpackZip(zip, fresh())).rejects.toMatchObject({ code: 'ARCHIVE_DAMAGED' });
    const gzip = scratch.write('cut.gz', cut(gzipSync(text)));
    await expect(unpackGzip(gzip, fresh())).rejects.toMatchObject({ code: 'ARCHIVE_DAMAGED' });
  });

  it('knows a spreadsheet from an archive of exports', async () => {
    const sheet = zipOf([['[Content_Types].xml', Buffer.from('<Types/>')]]);
    expect(await isXlsx(scratch.write('a.xlsx', sheet))).toBe(true);
    const exports = zipOf([['a.csv', Buffer.from('a')]]);
    expect(await isXlsx(scratch.write('a.zip', exports))).toBe(false);
  });
});
