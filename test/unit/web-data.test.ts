import { describe, expect, it } from 'vitest';
import { fates, reasonGroups } from '../../web/lib/data/fates.ts';
import { checkText, reasonText } from '../../web/lib/data/reasons.ts';
import { dataSentence, formatName } from '../../web/lib/data/sentences.ts';
import { readJob, readReceived } from '../../web/lib/data/upload.ts';
import { words } from '../../web/lib/format/words.ts';

const en = words('en', 'USD');

const file = (rows: Partial<Record<'read' | 'loaded' | 'rejected' | 'skipped', number>>) => ({
  file: 'a.csv',
  format: 'x',
  account: 'a',
  status: 'loaded',
  rows_read: rows.read ?? 0,
  rows_loaded: rows.loaded ?? 0,
  rows_rejected: rows.rejected ?? 0,
  rows_updated: 0,
  rows_unchanged: 0,
  rows_skipped: rows.skipped ?? 0,
  loaded_at: null,
  first_date: null,
  last_date: null
});

const feed = (state: string, days: number) => ({
  account: 'tiktok-us',
  format: 'tiktok-shop-statements',
  files: 1,
  rows_read: 1,
  rows_rejected: 0,
  covers_through: '2026-10-28',
  loaded_at: null,
  days_behind: days,
  state
});

describe('fates of rows', () => {
  it('balance when every row read has one', () => {
    expect(fates([file({ read: 10, loaded: 7, skipped: 1, rejected: 2 })]).isBalanced).toBe(true);
    expect(fates([file({ read: 10, loaded: 7 })]).isBalanced).toBe(false);
  });

  it('are grouped by reason, leaving out what was not rejected', () => {
    const reason = (code: string, count: number, record: number) => ({
      code,
      count,
      file: 'a.csv',
      first_record: record
    });
    const groups = reasonGroups(
      [reason('DATE_MISSING', 2, 9), reason('TOTALS_ROW', 50, 1), reason('DATE_MISSING', 3, 4)],
      new Set(['DATE_MISSING'])
    );
    expect(groups).toEqual([
      { code: 'DATE_MISSING', count: 5, file: 'a.csv', record: 9, files: 2 }
    ]);
  });
});

describe('the data sentence', () => {
  const facts = fates([file({ read: 1, loaded: 1 })]);

  it('names the feed that stopped longest ago', () => {
    const text = dataSentence(
      { facts, feeds: [feed('late', 2), feed('stopped', 21)], checks: [] },
      en
    );
    expect(text).toBe(
      'Every row is accounted for. tiktok-us TikTok shop statements stopped 21 days ago'
    );
  });

  it('puts missing rows before everything else', () => {
    const open = fates([file({ read: 2, loaded: 1 })]);
    expect(dataSentence({ facts: open, feeds: [], checks: [] }, en)).toContain('Rows are missing');
  });

  it('is calm when nothing is wrong', () => {
    expect(dataSentence({ facts, feeds: [feed('fresh', 0)], checks: [] }, en)).toBe(
      'Every row is accounted for, every feed is fresh and every check passes'
    );
  });
});

describe('words for codes', () => {
  it('fall back to the code itself', () => {
    expect(reasonText('DATE_MISSING', en)).toBe('No date');
    expect(reasonText('NEVER_HEARD', en)).toBe('NEVER_HEARD');
    expect(checkText('brand_new_check', en)).toBe('Brand new check');
    expect(formatName('amazon-settlement-v2')).toBe('Amazon settlement v2');
  });
});

describe('what the server says of an upload', () => {
  it('is read with its nearest mapping', () => {
    const received = readReceived({
      upload_id: 'f3',
      name: 'x.csv',
      bytes: 12,
      recognised: null,
      columns: ['A', 'B'],
      nearest: [{ mapping: 'm', matched: ['A'], missing: ['C'] }]
    });
    expect(received).toMatchObject({ recognised: null, columns: ['A', 'B'] });
    expect(received.nearest[0]?.missing).toEqual(['C']);
  });

  it('is refused when it is something else', () => {
    expect(() => readReceived({})).toThrow('uploads');
    expect(() => readJob({ state: 'dancing' })).toThrow('jobs');
  });

  it('tells how a load ended, file by file', () => {
    const job = readJob({
      state: 'done',
      step: null,
      progress: 1,
      message: null,
      lines: [
        {
          file: 'x.csv',
          status: 'loaded',
          format: 'f',
          rows_read: 3,
          rows_loaded: 1,
          rows_updated: 1,
          rows_rejected: 1,
          reasons: [{ code: 'DATE_MISSING', count: 1 }]
        }
      ]
    });
    expect(job.lines[0]).toMatchObject({ loaded: 2, rejected: 1 });
  });
});
