/** Received lots of all SKUs, sorted by SKU, then day, then lot; one entry an array. */
export interface Lots {
  /** Number of the SKU, 0 … skus - 1. */
  readonly sku: Float64Array;
  /** Day received, as a day number. */
  readonly day: Float64Array;
  /** Units received, > 0. */
  readonly quantity: Float64Array;
  /** Landed cost of one unit in units of 0.0001 of the reporting currency; NaN when no rate is known. */
  readonly unitValue: Float64Array;
}

/** Units that moved, one entry per SKU and day, sorted by SKU, then day. Quantities >= 0. */
export interface Flows {
  readonly sku: Float64Array;
  readonly day: Float64Array;
  readonly sold: Float64Array;
  readonly lost: Float64Array;
  /** Came back and can be sold again. */
  readonly returned: Float64Array;
}

/** Costs of each flow day in whole units of 0.0001, positive; NaN where a lot's value is unknown. */
export interface IssuedCosts {
  /** Of units sold out of lots on hand. */
  readonly sold: Float64Array;
  /** Of units sold beyond the lots on hand, at the newest lot's value; NaN: no lot so far, cost unknown. */
  readonly estimated: Float64Array;
  /** Units behind `estimated`. */
  readonly uncovered: Float64Array;
  readonly lost: Float64Array;
  /** Given back for units that returned. */
  readonly returned: Float64Array;
}

export interface StockLayers {
  /** Units of each lot not yet issued. */
  readonly left: Float64Array;
  /** Their value in whole units of 0.0001. */
  readonly leftValue: Float64Array;
}

/**
 * First in, first out, by SKU and day: lots join the queue, sold and lost units leave from its front, returned units
 * go back on the front at the value they left with, the last taken first.
 *
 * A lot's issued value is always round(units taken x unit value), so the values issued less those given back and the
 * value left add up to the lots' values exactly, whatever the order and size of the movements. Units that find no
 * lot on hand take nothing from later lots.
 *
 * Throws RangeError when the flows are not sorted by SKU and day.
 * Source: first-in-first-out cost formula, IAS 2 Inventories, paragraph 27.
 */
export function issueFirstInFirstOut(lots: Lots, flows: Flows): IssuedCosts & StockLayers {
  requireSorted(flows);
  const costs = emptyCosts(flows.sku.length);
  const left = Float64Array.from(lots.quantity);
  const queue = { first: 0, last: 0 };
  let sku = -1;
  let begin = 0;
  let next = 0;
  for (let f = 0; f < flows.sku.length; f += 1) {
    if (at(flows.sku, f) !== sku) {
      sku = at(flows.sku, f);
      while (next < lots.sku.length && at(lots.sku, next) < sku) next += 1;
      begin = next;
      queue.first = next;
      queue.last = next;
    }
    while (
      next < lots.sku.length &&
      at(lots.sku, next) === sku &&
      at(lots.day, next) <= at(flows.day, f)
    ) {
      next += 1;
    }
    queue.last = next;
    const sold = takeFromFront(lots, left, { queue, units: at(flows.sold, f) });
    costs.sold[f] = sold.value;
    costs.uncovered[f] = sold.missing;
    costs.estimated[f] = atNewestLot(lots, { begin, next }, sold.missing);
    costs.lost[f] = takeFromFront(lots, left, { queue, units: at(flows.lost, f) }).value;
    costs.returned[f] = putOnFront(lots, left, { queue, begin, units: at(flows.returned, f) });
  }
  return { ...costs, left, leftValue: valuesLeft(lots, left) };
}

/**
 * Moving weighted average, by SKU and day: a lot changes the average of what is on hand; what leaves takes its share
 * of the value, returned units come back at the average the last ones left with.
 *
 * Shapes, units and errors as in `issueFirstInFirstOut`; `left` and `leftValue` are one entry per lot with the whole
 * stock of a SKU on its last lot. Source: weighted average cost formula, IAS 2 Inventories, paragraph 27.
 */
export function issueWeightedAverage(lots: Lots, flows: Flows): IssuedCosts & StockLayers {
  requireSorted(flows);
  const costs = emptyCosts(flows.sku.length);
  const layers = {
    left: new Float64Array(lots.sku.length),
    leftValue: new Float64Array(lots.sku.length)
  };
  let stock = noStock();
  let sku = -1;
  let begin = 0;
  let next = 0;
  const receive = (until: number) => {
    while (next < lots.sku.length && at(lots.sku, next) === sku && at(lots.day, next) <= until) {
      stock.units += at(lots.quantity, next);
      stock.value += lotValue(lots, next);
      next += 1;
    }
  };
  const settle = () => {
    receive(Infinity);
    if (next > begin) {
      layers.left[next - 1] = stock.units;
      layers.leftValue[next - 1] = stock.value;
    }
  };
  for (let f = 0; f < flows.sku.length; f += 1) {
    if (at(flows.sku, f) !== sku) {
      settle();
      sku = at(flows.sku, f);
      // Lots of SKUs that never moved are stock as they came.
      while (next < lots.sku.length && at(lots.sku, next) < sku)
        next += keepWhole(lots, layers, next);
      begin = next;
      stock = noStock();
    }
    receive(at(flows.day, f));
    const sold = takeAverage(stock, at(flows.sold, f));
    costs.sold[f] = sold.value;
    costs.uncovered[f] = sold.missing;
    costs.estimated[f] = atNewestLot(lots, { begin, next }, sold.missing);
    costs.lost[f] = takeAverage(stock, at(flows.lost, f)).value;
    costs.returned[f] = giveAverageBack(stock, at(flows.returned, f));
  }
  settle();
  while (next < lots.sku.length) next += keepWhole(lots, layers, next);
  return { ...costs, ...layers };
}

/** Index access of a typed array that is known to be long enough. */
const at = (values: Float64Array, index: number): number => values[index] ?? NaN;

/** Quantities have three decimals; what floating sums leave below that is nothing. */
const nothing = 0.0005;

const lotValue = (lots: Lots, lot: number): number =>
  Math.round(at(lots.quantity, lot) * at(lots.unitValue, lot));

/** Value of the units taken from a lot so far. */
const takenValue = (lots: Lots, lot: number, left: number): number =>
  Math.round((at(lots.quantity, lot) - left) * at(lots.unitValue, lot));

function emptyCosts(length: number): IssuedCosts {
  return {
    sold: new Float64Array(length),
    estimated: new Float64Array(length),
    uncovered: new Float64Array(length),
    lost: new Float64Array(length),
    returned: new Float64Array(length)
  };
}

function requireSorted({ sku, day }: Flows): void {
  for (let f = 1; f < sku.length; f += 1) {
    const isLater = at(sku, f) > at(sku, f - 1) || at(day, f) > at(day, f - 1);
    if (at(sku, f) < at(sku, f - 1) || !isLater) {
      throw new RangeError('Flows must be sorted by SKU and day, one entry a day.');
    }
  }
}

function takeFromFront(
  lots: Lots,
  left: Float64Array,
  want: { queue: { first: number; last: number }; units: number }
): { value: number; missing: number } {
  const { queue } = want;
  let missing = want.units;
  let value = 0;
  while (missing > nothing && queue.first < queue.last) {
    const before = at(left, queue.first);
    const taken = Math.min(missing, before);
    const after = before - taken < nothing ? 0 : before - taken;
    value += takenValue(lots, queue.first, after) - takenValue(lots, queue.first, before);
    left[queue.first] = after;
    missing -= taken;
    if (after === 0) queue.first += 1;
  }
  return { value, missing: missing > nothing ? missing : 0 };
}

function putOnFront(
  lots: Lots,
  left: Float64Array,
  back: { queue: { first: number; last: number }; begin: number; units: number }
): number {
  const { queue, begin } = back;
  let units = back.units;
  let value = 0;
  for (let lot = Math.min(queue.first, queue.last - 1); units > nothing && lot >= begin; lot -= 1) {
    const before = at(left, lot);
    const given = Math.min(units, at(lots.quantity, lot) - before);
    if (given <= nothing) continue;
    value += takenValue(lots, lot, before) - takenValue(lots, lot, before + given);
    left[lot] = before + given;
    units -= given;
    queue.first = lot;
  }
  return value;
}

function atNewestLot(lots: Lots, known: { begin: number; next: number }, units: number): number {
  if (units === 0) return 0;
  return known.next > known.begin ? Math.round(units * at(lots.unitValue, known.next - 1)) : NaN;
}

const valuesLeft = (lots: Lots, left: Float64Array): Float64Array =>
  left.map((units, lot) => lotValue(lots, lot) - takenValue(lots, lot, units));

interface AverageStock {
  units: number;
  value: number;
  /** Units out of lots and not yet returned. */
  out: number;
  outValue: number;
  lastUnitValue: number;
}

const noStock = (): AverageStock => ({ units: 0, value: 0, out: 0, outValue: 0, lastUnitValue: 0 });

function takeAverage(stock: AverageStock, units: number): { value: number; missing: number } {
  const taken = Math.min(units, stock.units);
  if (taken <= nothing) return { value: 0, missing: units > nothing ? units : 0 };
  const isAll = stock.units - taken < nothing;
  const value = isAll ? stock.value : Math.round((stock.value * taken) / stock.units);
  stock.units = isAll ? 0 : stock.units - taken;
  stock.value -= value;
  stock.out += taken;
  stock.outValue += value;
  stock.lastUnitValue = value / taken;
  return { value, missing: units - taken > nothing ? units - taken : 0 };
}

function giveAverageBack(stock: AverageStock, units: number): number {
  const back = Math.min(units, stock.out);
  if (back <= nothing) return 0;
  const isAll = stock.out - back < nothing;
  const value = isAll ? stock.outValue : Math.round(back * stock.lastUnitValue);
  stock.out -= back;
  stock.outValue -= value;
  stock.units += back;
  stock.value += value;
  return value;
}

function keepWhole(
  lots: Lots,
  layers: { left: Float64Array; leftValue: Float64Array },
  lot: number
): 1 {
  layers.left[lot] = at(lots.quantity, lot);
  layers.leftValue[lot] = lotValue(lots, lot);
  return 1;
}
