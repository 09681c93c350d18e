import { describe, expect, it } from 'vitest';
import { makeCatalogue } from '../../data/seller/catalogue.ts';
import type { Product } from '../../data/seller/catalogue.ts';
import { CostBook } from '../../data/seller/costs.ts';
import { dayOf } from '../../data/seller/days.ts';
import { Rates } from '../../data/seller/fx.ts';
import { LandedCost } from '../../data/seller/landed-cost.ts';
import { Ledger, cellAt } from '../../data/seller/ledger.ts';

const first = dayOf('2026-01-01');
const days = 60;
const us = cellAt('US', 'amazon');
const de = cellAt('DE', 'amazon');

/** A company with one product and an empty ledger. */
function company() {
  const rates = new Rates(1, first, first + days - 1);
  const ledger = new Ledger(rates, first, days);
  const costs = new CostBook(1);
  const landed = new LandedCost(costs, rates, ledger);
  const product = makeCatalogue(1, 60, days).find((known) => known.costCurrency === 'USD');
  if (product === undefined) throw new Error('no product costs dollars');
  const receive = (quantity: number, day: number) => {
    const from = { day: first + day, mode: 'ocean', reference: `L${day}`, age: day } as const;
    costs.receive(product, quantity, from);
    return costs.lotsOf(product).at(-1)?.landed ?? 0;
  };
  const booked = (market: string, basis: string, month = '2026-01') =>
    [...ledger.monthsWithData()]
      .filter((total) => total.market === market && total.basis === basis && total.month === month)
      .reduce((sum, total) => sum + (total.usd[4] ?? 0), 0);
  const flow = (known: Product) => [...landed.flows([known])][0];
  return { product, landed, receive, booked, flow };
}

describe('landed cost of the sample seller', () => {
  it('takes the oldest units first and estimates what no lot covers', () => {
    const { product, landed, receive, booked, flow } = company();
    const a = receive(3, 0);
    const b = receive(2, 1);
    landed.sold(product, 4, { cell: us, posted: undefined });
    landed.endDay(first + 1);
    expect(booked('US', 'ordered')).toBe(-3 * a - b);
    landed.sold(product, 3, { cell: us, posted: first + 2 });
    landed.endDay(first + 2);
    // One unit of b was left; the other two are valued like the newest lot and take nothing.
    expect(booked('US', 'posted')).toBe(-3 * b);
    const c = receive(5, 3);
    landed.sold(product, 1, { cell: us, posted: first + 3 });
    landed.endDay(first + 3);
    expect(booked('US', 'posted')).toBe(-3 * b - c);
    expect(flow(product)).toMatchObject({ estimated: 2 * b, left: { units: 4, value: 4 * c } });
  });

  it('has no cost before the first lot', () => {
    const { product, landed, receive, booked } = company();
    landed.sold(product, 2, { cell: us, posted: undefined });
    landed.endDay(first);
    expect(booked('US', 'ordered')).toBe(0);
    const a = receive(2, 1);
    landed.sold(product, 2, { cell: us, posted: undefined });
    landed.endDay(first + 1);
    expect(booked('US', 'ordered')).toBe(-2 * a);
  });

  it('puts returned units back at the front at the value they left with', () => {
    const { product, landed, receive, booked } = company();
    const a = receive(2, 0);
    const b = receive(5, 1);
    landed.sold(product, 3, { cell: us, posted: undefined });
    landed.comesBack(product, 2, { cell: us, day: first + 3 });
    landed.endDay(first + 1);
    landed.endDay(first + 3);
    // b was taken last and comes back first, then one of a; both leave again in their old order.
    expect(booked('US', 'ordered')).toBe(-2 * a - b + b + a);
    landed.sold(product, 2, { cell: de, posted: undefined });
    landed.endDay(first + 4);
    expect(booked('DE', 'ordered')).toBe(-a - b);
  });

  it('gives nothing for units that were never covered', () => {
    const { product, landed, receive, booked } = company();
    const a = receive(1, 0);
    landed.sold(product, 3, { cell: us, posted: undefined });
    landed.comesBack(product, 3, { cell: us, day: first + 2 });
    landed.endDay(first);
    landed.endDay(first + 2);
    expect(booked('US', 'ordered')).toBe(-3 * a + a);
  });

  it('shares a day by quantity over markets, posted days and what is not posted, without a rest', () => {
    const { product, landed, receive, booked } = company();
    const a = receive(50, 0);
    landed.sold(product, 1, { cell: us, posted: undefined });
    landed.sold(product, 1, { cell: us, posted: first + 40 });
    landed.sold(product, 1, { cell: de, posted: first + 5 });
    landed.endDay(first + 2);
    expect(booked('US', 'ordered') + booked('DE', 'ordered')).toBe(-3 * a);
    expect(booked('DE', 'posted')).toBe(-a);
    expect(booked('US', 'posted')).toBe(0);
    expect(booked('US', 'posted', '2026-02')).toBe(-a);
  });
});
