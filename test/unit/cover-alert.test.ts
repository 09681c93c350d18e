import { describe, expect, it } from 'vitest';
import { standardNormalCdf } from '../../queries/demand/normal.ts';
import {
  coverAlert,
  moneyLimits,
  orderQuantity,
  type StockPosition
} from '../../queries/stock/cover-alert.ts';

const position: StockPosition = {
  onHand: 100,
  inbound: 0,
  nextArrivalDays: null,
  medianDaily: 4,
  meanDaily: 4,
  varDaily: 9,
  leadTimeDays: 30,
  fastestDays: 10,
  unitMargin: 5
};

const limits = { high: 1, critical: 2 };

describe('coverAlert', () => {
  it('is silent when stock lasts beyond the lead time', () => {
    expect(coverAlert({ ...position, onHand: 400 }, limits)).toBeNull();
  });

  it('is silent for what nobody asks for', () => {
    expect(
      coverAlert({ ...position, onHand: 0, meanDaily: 0, medianDaily: 0, varDaily: 0 }, limits)
    ).toBeNull();
  });

  it('gives the normal tail as probability and the loss function as units short', () => {
    const alert = coverAlert(position, limits);
    const mean = 120;
    const deviation = Math.sqrt(9 * 30);
    const z = (100 - mean) / deviation;
    const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    expect(alert?.pStockout).toBeCloseTo(1 - standardNormalCdf(z), 10);
    expect(alert?.lostUnits).toBeCloseTo(
      deviation * (density - z * (1 - standardNormalCdf(z))),
      10
    );
    expect(alert?.lostMargin).toBeCloseTo((alert?.lostUnits ?? 0) * 5, 10);
  });

  it('says already out, with certainty, when the shelf is empty', () => {
    expect(coverAlert({ ...position, onHand: 0 }, limits)).toMatchObject({
      type: 'already_out',
      pStockout: 1,
      severity: 'critical',
      daysToStockout: 0
    });
  });

  it('calls critical only what even the fastest order comes too late for', () => {
    expect(coverAlert(position, limits)?.severity).toBe('medium');
    expect(coverAlert({ ...position, onHand: 30 }, limits)?.severity).toBe('critical');
  });

  it('keeps red for money: the same risk on pennies is no more than medium', () => {
    const risky = { ...position, onHand: 30 };
    expect(coverAlert(risky, { high: 1e6, critical: 1e6 })?.severity).toBe('medium');
    expect(
      moneyLimits([position, { ...position, meanDaily: 1 }, { ...position, meanDaily: 0 }])
    ).toEqual({
      high: 35,
      critical: 35
    });
  });

  it('looks no further than the next arrival', () => {
    expect(coverAlert({ ...position, nextArrivalDays: 5, inbound: 200 }, limits)).toBeNull();
  });

  it('never lowers the probability when stock falls', () => {
    let before = 0;
    for (let onHand = 130; onHand >= 0; onHand -= 5) {
      const now = coverAlert({ ...position, onHand }, limits)?.pStockout ?? 0;
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
  });
});

describe('orderQuantity', () => {
  const lot = { reviewDays: 7, serviceFactor: 1.645, unitsPerCarton: 12, moq: 60 };

  it('orders whole cartons, at least the minimum', () => {
    expect(orderQuantity({ ...position, onHand: 165 }, lot)).toEqual({ quantity: 60, cartons: 5 });
    const { quantity } = orderQuantity({ ...position, onHand: 0 }, lot);
    expect(quantity % 12).toBe(0);
    expect(quantity).toBeGreaterThanOrEqual(4 * 37 + 1.645 * Math.sqrt(9 * 37));
  });

  it('orders nothing that is already on its way', () => {
    expect(orderQuantity({ ...position, inbound: 500 }, lot).quantity).toBe(0);
  });
});
