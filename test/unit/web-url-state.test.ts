import { describe, expect, it } from 'vitest';
import { readUrl, writeUrl, type UrlChange } from '../../web/lib/filters/url-state.ts';

const read = (search: string) => readUrl(new URLSearchParams(search));

interface Step {
  title: string;
  start: string;
  change: UrlChange;
  address: string;
}

const steps: Step[] = [
  { title: 'a preset', start: '', change: { period: '28d' }, address: '?period=28d' },
  {
    title: 'the default preset leaves no trace',
    start: 'period=28d',
    change: { period: 'qtd' },
    address: ''
  },
  {
    title: 'custom dates',
    start: '',
    change: { period: 'custom', from: '2026-01-01', to: '2026-01-31' },
    address: '?period=custom&from=2026-01-01&to=2026-01-31'
  },
  {
    title: 'a preset drops custom dates',
    start: 'period=custom&from=2026-01-01&to=2026-01-31',
    change: { period: '90d' },
    address: '?period=90d'
  },
  { title: 'comparison off', start: '', change: { compare: 'off' }, address: '?compare=off' },
  {
    title: 'comparison back to the default',
    start: 'compare=off',
    change: { compare: 'year' },
    address: ''
  },
  { title: 'basis', start: '', change: { basis: 'posted' }, address: '?basis=posted' },
  {
    title: 'a channel',
    start: 'period=ytd',
    change: { channel: 'amazon' },
    address: '?period=ytd&channel=amazon'
  },
  {
    title: 'a channel taken away',
    start: 'channel=amazon',
    change: { channel: undefined },
    address: ''
  },
  { title: 'a market', start: '', change: { market: 'DE' }, address: '?market=DE' },
  {
    title: 'a market without an ISO code',
    start: '',
    change: { market: 'x-channel-islands' },
    address: '?market=x-channel-islands'
  },
  {
    title: 'a sort order',
    start: 'view=map',
    change: { sort: 'cm3.asc' },
    address: '?sort=cm3.asc&view=map'
  },
  {
    title: 'the why-drawer',
    start: 'basis=posted',
    change: { why: 'fulfilment' },
    address: '?basis=posted&why=fulfilment'
  },
  {
    title: 'a selected alert',
    start: '',
    change: { open: 'NQ-ORG-221@DE-FBA' },
    address: '?open=NQ-ORG-221%40DE-FBA'
  },
  {
    title: 'unknown keys do not survive a choice',
    start: 'utm=mail&period=28d',
    change: { compare: 'previous' },
    address: '?period=28d&compare=previous'
  },
  {
    title: 'values that make no sense are never written',
    start: '',
    change: { sort: 'cm3; drop table' },
    address: ''
  }
];

describe('what the reader chooses is in the address, and nothing else', () => {
  it.each(steps)('$title', ({ start, change, address }) => {
    expect(writeUrl(new URLSearchParams(start), change)).toBe(address);
  });

  it.each(steps)('$title: reading it back and writing nothing changes nothing', ({ address }) => {
    expect(writeUrl(new URLSearchParams(address), {})).toBe(address);
  });
});

describe('reading an address', () => {
  it('falls back to the defaults', () => {
    expect(read('')).toMatchObject({
      period: 'qtd',
      compare: 'year',
      basis: 'ordered',
      ignored: []
    });
  });

  it('ignores what it does not know, and names it', () => {
    expect(read('utm_source=mail&period=28d').ignored).toEqual(['utm_source']);
    expect(read('period=tomorrow').ignored).toEqual(['period']);
    expect(read('market=<script>').ignored).toEqual(['market']);
    expect(read('basis=cash')).toMatchObject({ basis: 'ordered', ignored: ['basis'] });
  });

  it('needs both ends for custom dates, in order', () => {
    expect(read('period=custom&from=2026-02-30&to=2026-03-01').period).toBe('qtd');
    expect(read('period=custom&from=2026-03-02&to=2026-03-01').period).toBe('qtd');
    expect(read('from=2026-03-01&to=2026-03-02').period).toBe('custom');
  });
});
