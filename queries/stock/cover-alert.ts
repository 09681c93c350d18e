import { standardNormalCdf } from '../demand/normal.ts';

/** One SKU at one place on the morning after `asOf`. Demand in units a day, money in the reporting currency. */
export interface StockPosition {
  onHand: number;
  /** Units on the way and the day the first of them is due; null: nothing is on the way. */
  inbound: number;
  nextArrivalDays: number | null;
  medianDaily: number;
  meanDaily: number;
  /** Variance of one day's demand. */
  varDaily: number;
  /** Days from order to shelf that nine of ten orders keep. */
  leadTimeDays: number;
  /** The same for the fastest way there is: nothing ordered today arrives sooner. */
  fastestDays: number;
  unitMargin: number;
}

export interface CoverAlert {
  type: 'stockout_risk' | 'already_out';
  severity: 'critical' | 'high' | 'medium';
  /** Probability that demand until the next arrival (or a new order's) exceeds what is on hand. */
  pStockout: number;
  daysToStockout: number | null;
  coverDays: number | null;
  lostUnits: number;
  lostMargin: number;
}

const minimumProbability = 0.1;

/** Money limits of severity: the 50th and 80th percentile of what the items earn in a week. */
export interface MoneyLimits {
  high: number;
  critical: number;
}

/** Percentiles of the positions' weekly contribution, so that red is kept for what costs real money here. */
export function moneyLimits(positions: StockPosition[]): MoneyLimits {
  const weekly = positions
    .map((position) => Math.max(0, position.meanDaily * 7 * position.unitMargin))
    .filter((money) => money > 0)
    .sort((a, b) => a - b);
  const at = (share: number) => weekly[Math.floor((weekly.length - 1) * share)] ?? 0;
  return { high: at(0.5), critical: at(0.8) };
}

/**
 * Days-of-cover alert: demand over the exposed time against stock on hand, demand taken as normal with the
 * recent weeks' mean and variance. Returns null when nothing needs attention.
 * Source: Silver, Pyke & Thomas, Inventory and Production Management in Supply Chains (4th ed. 2017), ch. 6:
 * shortage = sd * (phi(z) - z * (1 - Phi(z))).
 */
export function coverAlert(position: StockPosition, limits: MoneyLimits): CoverAlert | null {
  const { onHand, meanDaily, medianDaily, unitMargin } = position;
  if (meanDaily <= 0) return null;
  const exposedDays = position.nextArrivalDays ?? position.leadTimeDays;
  const mean = meanDaily * exposedDays;
  const deviation = Math.sqrt(Math.max(position.varDaily, meanDaily) * exposedDays);
  const { probability, shortage } = shortfall(onHand, mean, deviation);
  if (probability < minimumProbability) return null;
  const daily = medianDaily > 0 ? medianDaily : meanDaily;
  const cover = Math.max(0, onHand) / daily;
  return {
    type: onHand <= 0 ? 'already_out' : 'stockout_risk',
    severity: severityOf(position, shortage * Math.max(0, unitMargin), limits),
    pStockout: probability,
    daysToStockout: Math.floor(cover),
    coverDays: cover,
    lostUnits: shortage,
    lostMargin: shortage * Math.max(0, unitMargin)
  };
}

/** P(demand > stock) and expected units short for normal demand; with no spread the answer is certain. */
function shortfall(
  stock: number,
  mean: number,
  deviation: number
): { probability: number; shortage: number } {
  const held = Math.max(0, stock);
  if (deviation === 0) {
    return { probability: mean > held ? 1 : 0, shortage: Math.max(0, mean - held) };
  }
  const z = (held - mean) / deviation;
  const tail = 1 - standardNormalCdf(z);
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  return { probability: held === 0 ? 1 : tail, shortage: deviation * (density - z * tail) };
}

/** How likely the shelf is empty before even the fastest order can help, and whether that costs real money. */
function severityOf(
  position: StockPosition,
  lostMargin: number,
  limits: MoneyLimits
): CoverAlert['severity'] {
  const days = Math.min(position.fastestDays, position.nextArrivalDays ?? position.fastestDays);
  const deviation = Math.sqrt(Math.max(position.varDaily, position.meanDaily) * days);
  const { probability } = shortfall(position.onHand, position.meanDaily * days, deviation);
  if (probability >= 0.5 && lostMargin >= limits.critical) return 'critical';
  return probability >= 0.25 && lostMargin >= limits.high ? 'high' : 'medium';
}

/** Lot to order so that stock lasts lead time plus review at the service factor, in whole cartons, at least the MOQ. */
export function orderQuantity(
  position: StockPosition,
  lot: { reviewDays: number; serviceFactor: number; unitsPerCarton: number; moq: number }
): { quantity: number; cartons: number } {
  const days = position.leadTimeDays + lot.reviewDays;
  const deviation = Math.sqrt(Math.max(position.varDaily, position.meanDaily) * days);
  const target = position.meanDaily * days + lot.serviceFactor * deviation;
  const short = target - Math.max(0, position.onHand) - position.inbound;
  if (short <= 0) return { quantity: 0, cartons: 0 };
  const cartons = Math.ceil(Math.max(short, lot.moq) / lot.unitsPerCarton);
  return { quantity: cartons * lot.unitsPerCarton, cartons };
}
