import { z } from 'zod';
import { currentGeneration } from '../../etl/warehouse/generations.ts';
import { openGeneration } from '../../etl/warehouse/open.ts';
import { cli } from './child-usage.ts';
import { type Measurement, quantile } from './measurement.ts';
import { type ServedHome, startServing } from './served-home.ts';

const answer = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });

/** A repeatable stream of numbers between 0 and 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

const pick = <T>(list: readonly T[], draw: number): T | undefined =>
  list[Math.floor(draw * list.length)];

/** Milliseconds from the request to the last byte of its answer, and the rows in it. */
async function timed(url: string): Promise<{ milliseconds: number; rows: number }> {
  const startedAt = performance.now();
  const response = await fetch(url);
  const text = await response.text();
  const milliseconds = performance.now() - startedAt;
  if (!response.ok) throw new Error(`${url} answered ${String(response.status)}: ${text}`);
  return { milliseconds, rows: answer.parse(JSON.parse(text)).rows.length };
}

async function namesOf(address: string, query: string, column: string): Promise<string[]> {
  const response = await fetch(`${address}/api/v1/questions/${query}`);
  const { rows } = answer.parse(await response.json());
  return [...new Set(rows.map((row) => String(row[column])))];
}

/** Addresses of market_channel_month with a random period, and often a market or a basis. */
function monthAddresses(address: string, markets: string[], draw: () => number): () => string {
  return () => {
    const first = Math.floor(draw() * 30);
    const months = 1 + Math.floor(draw() * (36 - first));
    const day = (month: number): string =>
      new Date(Date.UTC(2023, 10 + month, 1)).toISOString().slice(0, 10);
    const params = new URLSearchParams({ from: day(first), to: day(first + months) });
    const market = pick(markets, draw());
    if (draw() < 0.5 && market !== undefined) params.set('market', market);
    if (draw() < 0.2) params.set('channel', 'amazon');
    return `${address}/api/v1/questions/market_channel_month?${params.toString()}`;
  };
}

async function oneAfterAnother(count: number, next: () => string): Promise<number[]> {
  for (let warm = 0; warm < 3; warm += 1) await timed(next());
  const times: number[] = [];
  for (let run = 0; run < count; run += 1) {
    const { milliseconds, rows } = await timed(next());
    if (rows > 2000)
      throw new Error('An answer of more than 2,000 rows is outside the budget’s terms.');
    times.push(milliseconds);
  }
  return times;
}

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Twenty people, each asking, reading half a second, asking again. */
async function manyAtOnce(next: () => string, asks: number): Promise<number[]> {
  const clients = Array.from({ length: 20 }, async (_, index) => {
    await rest(index * 25);
    const times: number[] = [];
    for (let ask = 0; ask < asks; ask += 1) {
      times.push((await timed(next())).milliseconds);
      await rest(500);
    }
    return times;
  });
  return (await Promise.all(clients)).flat();
}

const p95 = (what: string, times: number[], budget: number): Measurement => ({
  ...{
    what,
    measured: quantile(times, 0.95),
    unit: 'ms',
    budget: { value: budget, of: 'measured' }
  },
  note: `median ${quantile(times, 0.5).toFixed(1)} ms, ${String(times.length)} requests`
});

/** The profit steps of a market and a calendar year. */
function waterfallOf(markets: string[], draw: () => number): { market: string; year: string } {
  return { market: pick(markets, draw()) ?? '', year: pick(['2024', '2025'], draw()) ?? '' };
}

/** The same sums straight from the ledger's rows by the engine alone, without a mart and without HTTP. */
async function bareTimes(
  home: string,
  asked: { market: string; year: string }[]
): Promise<number[]> {
  const generation = await openGeneration(home, currentGeneration(home) ?? 0);
  const connection = await generation.connect();
  const times: number[] = [];
  for (const { market, year } of asked) {
    const startedAt = performance.now();
    await connection.rows(
      `select step, sum(amount) from facts.ledger_entry
       where market = $market and order_date between $from::date and $to::date group by step`,
      { market, from: `${year}-01-01`, to: `${year}-12-31` }
    );
    times.push(performance.now() - startedAt);
  }
  generation.close();
  return times;
}

/** Answers of the running server with its result cache off, at one client and at twenty. */
export async function apiBench(home: string, lines: number, asks: number): Promise<Measurement[]> {
  const server = await startServing([cli, 'serve', '--home', home], {
    PORTOLAN_RESULT_CACHE: 'off'
  });
  const measurements: Measurement[] = [];
  try {
    measurements.push(...(await questionTimes(server, lines, asks)));
    measurements.push(...(await waterfallTimes(server, { home, lines, asks })));
  } finally {
    const megabytes = await server.stop();
    measurements.push({
      what: 'the server under these questions, memory',
      measured: megabytes,
      unit: 'MB'
    });
  }
  return measurements;
}

async function questionTimes(
  { address }: ServedHome,
  lines: number,
  asks: number
): Promise<Measurement[]> {
  const draw = seeded(20_261_122);
  const at = `at ${lines.toLocaleString('en')} order lines`;
  const markets = await namesOf(address, 'market_totals', 'market');
  const skus = await namesOf(address, 'top_products?limit=200', 'sku');
  const month = monthAddresses(address, markets, draw);
  const drill = (): string => {
    const sku = pick(skus, draw()) ?? '';
    return `${address}/api/v1/questions/ledger_lines?sku=${encodeURIComponent(sku)}&limit=200`;
  };
  const one = await oneAfterAnother(asks * 10, month);
  const many = await manyAtOnce(month, asks);
  const lineTimes = await oneAfterAnother(asks * 3, drill);
  return [
    p95(`market x channel x month ${at}, 1 client, p95`, one, 50),
    p95(`market x channel x month ${at}, 20 clients, p95`, many, 150),
    p95(`drill to one SKU’s lines ${at}, p95`, lineTimes, 150)
  ];
}

async function waterfallTimes(
  { address }: ServedHome,
  { home, lines, asks }: { home: string; lines: number; asks: number }
): Promise<Measurement[]> {
  const draw = seeded(20_261_123);
  const markets = await namesOf(address, 'market_totals', 'market');
  const asked = Array.from({ length: asks * 3 }, () => waterfallOf(markets, draw));
  const queue = [...asked, ...asked.slice(0, 3)].map(
    ({ market, year }) =>
      `${address}/api/v1/questions/ledger_steps?market=${market}&from=${year}-01-01&to=${year}-12-31`
  );
  const times = await oneAfterAnother(asked.length, () => queue.shift() ?? '');
  const bare = await bareTimes(home, asked.slice(0, asks));
  const what = `waterfall of a market and year at ${lines.toLocaleString('en')} order lines`;
  return [
    p95(`${what}, p95`, times, 150),
    {
      ...{ what: `${what}, median`, measured: quantile(times, 0.5), unit: 'ms' },
      baseline: {
        what: 'the same sums of the ledger’s rows by DuckDB alone',
        value: quantile(bare, 0.5)
      },
      budget: { value: 3, of: 'ratio' }
    }
  ];
}
