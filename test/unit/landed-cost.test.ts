import { describe, expect, it } from 'vitest';
import {
  type Flows,
  issueFirstInFirstOut,
  issueWeightedAverage,
  type Lots
} from '../../queries/profit/landed-cost.ts';
import { Seeded } from '../fixtures/seeded.ts';

const column = (values: number[]) => Float64Array.from(values);
type LotRow = [sku: number, day: number, quantity: number, unitValue: number];
type FlowRow = [sku: number, day: number, sold: number, lost: number, returned: number];

const lotsOf = (rows: LotRow[]): Lots => ({
  sku: column(rows.map((row) => row[0])),
  day: column(rows.map((row) => row[1])),
  quantity: column(rows.map((row) => row[2])),
  unitValue: column(rows.map((row) => row[3]))
});
const flowsOf = (rows: FlowRow[]): Flows => ({
  sku: column(rows.map((row) => row[0])),
  day: column(rows.map((row) => row[1])),
  sold: column(rows.map((row) => row[2])),
  lost: column(rows.map((row) => row[3])),
  returned: column(rows.map((row) => row[4]))
});
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

/** Lots and movements of a few SKUs, with stock-outs, returns of more than was sold, and odd unit values. */
function randomBooks(seed: number): { lots: LotRow[]; flows: FlowRow[] } {
  const random = new Seeded(seed);
  const whole = (below: number) => random.int(below);
  const lots: LotRow[] = [];
  const flows: FlowRow[] = [];
  for (let sku = 0; sku < 4; sku += 1) {
    for (let day = whole(20); day < 60; day += 1 + whole(15)) {
      lots.push([sku, day, 1 + whole(9), whole(90_000) + random.next()]);
    }
    for (let day = whole(8); day < 70; day += 1 + whole(5)) {
      flows.push([sku, day, whole(6), whole(10) === 0 ? 1 : 0, whole(3) === 0 ? whole(4) : 0]);
    }
  }
  return { lots, flows };
}

/** One unit at a time with a plain list: what the model must agree with, unit values taken whole. */
function unitByUnit(lots: LotRow[], flows: FlowRow[]): { sold: number[]; returned: number[] } {
  const result = { sold: [] as number[], returned: [] as number[] };
  let shelf: number[] = [];
  let out: number[] = [];
  let current = -1;
  let waiting: LotRow[] = [];
  for (const [sku, day, sold, lost, returned] of flows) {
    if (sku !== current) {
      [current, shelf, out] = [sku, [], []];
      waiting = lots.filter((lot) => lot[0] === sku);
    }
    while (waiting[0] !== undefined && waiting[0][1] <= day) {
      const lot = waiting.shift();
      for (let unit = 0; unit < (lot?.[2] ?? 0); unit += 1) shelf.push(lot?.[3] ?? 0);
    }
    const take = (units: number) => {
      let value = 0;
      for (let unit = 0; unit < units && shelf.length > 0; unit += 1) {
        const cost = shelf.shift() ?? 0;
        out.push(cost);
        value += cost;
      }
      return value;
    };
    result.sold.push(take(sold));
    take(lost);
    let back = 0;
    for (let unit = 0; unit < returned && out.length > 0; unit += 1) {
      const cost = out.pop() ?? 0;
      shelf.unshift(cost);
      back += cost;
    }
    result.returned.push(back);
  }
  return result;
}

describe('landed cost', () => {
  it('issues the oldest lot first: the example every textbook gives', () => {
    const lots = lotsOf([
      [0, 1, 10, 20_000],
      [0, 5, 10, 30_000]
    ]);
    const flows = flowsOf([
      [0, 3, 4, 0, 0],
      [0, 6, 8, 0, 0]
    ]);
    expect([...issueFirstInFirstOut(lots, flows).sold]).toEqual([80_000, 180_000]);
    // Moving average: 6 x 2.00 + 10 x 3.00 over 16 units = 2.625.
    expect([...issueWeightedAverage(lots, flows).sold]).toEqual([80_000, 210_000]);
  });

  it('values units beyond the lots on hand at the newest lot, and leaves later lots whole', () => {
    const lots = lotsOf([
      [0, 1, 2, 10_000],
      [0, 9, 5, 50_000]
    ]);
    const flows = flowsOf([
      [0, 0, 1, 0, 0],
      [0, 2, 3, 0, 0],
      [0, 9, 5, 0, 0]
    ]);
    const costs = issueFirstInFirstOut(lots, flows);
    expect([...costs.sold]).toEqual([0, 20_000, 250_000]);
    expect([...costs.uncovered]).toEqual([1, 1, 0]);
    expect([...costs.estimated]).toEqual([NaN, 10_000, 0]);
  });

  it('gives a returned unit back at the value it left with', () => {
    const lots = lotsOf([
      [0, 1, 1, 10_000],
      [0, 1, 5, 20_000]
    ]);
    const costs = issueFirstInFirstOut(
      lots,
      flowsOf([
        [0, 2, 3, 0, 2],
        [0, 3, 1, 0, 0]
      ])
    );
    expect([...costs.sold]).toEqual([50_000, 20_000]);
    expect([...costs.returned]).toEqual([40_000, 0]);
  });

  it('agrees with a shelf on which units are moved one by one', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const { lots, flows } = randomBooks(seed);
      const whole = lots.map((row): LotRow => [row[0], row[1], row[2], Math.round(row[3])]);
      const costs = issueFirstInFirstOut(lotsOf(whole), flowsOf(flows));
      const expected = unitByUnit(whole, flows);
      expect([...costs.sold]).toEqual(expected.sold);
      expect([...costs.returned]).toEqual(expected.returned);
    }
  });

  it('loses not a hundredth of a cent: lots = issued - given back + stock, by both methods', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const { lots, flows } = randomBooks(seed);
      const bought = lots.reduce((total, row) => total + Math.round(row[2] * row[3]), 0);
      for (const issue of [issueFirstInFirstOut, issueWeightedAverage]) {
        const costs = issue(lotsOf(lots), flowsOf(flows));
        expect(sum(costs.sold) + sum(costs.lost) - sum(costs.returned) + sum(costs.leftValue)).toBe(
          bought
        );
        expect(Math.min(...costs.left)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('refuses movements that are not in order', () => {
    const lots = lotsOf([]);
    const twice = flowsOf([
      [0, 3, 1, 0, 0],
      [0, 3, 1, 0, 0]
    ]);
    expect(() => issueFirstInFirstOut(lots, twice)).toThrow(RangeError);
    expect(() => issueWeightedAverage(lots, twice)).toThrow(RangeError);
  });
});
