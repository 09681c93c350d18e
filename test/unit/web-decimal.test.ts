import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  fromDecimal,
  negate,
  ratio,
  subtract,
  toDecimal
} from '../../web/lib/format/decimal.ts';

const units = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });

describe('decimal strings', () => {
  it('survive the way through exact integers', () => {
    fc.assert(fc.property(units, (amount) => fromDecimal(toDecimal(amount)) === amount));
  });

  it('add up to the cent where floats would not', () => {
    expect(addDecimals(['0.1000', '0.2000', null])).toBe('0.3000');
    expect(addDecimals(['90071992547409.9300', '0.0100'])).toBe('90071992547409.9400');
  });

  it('subtract is the reverse of add', () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        const sum = addDecimals([toDecimal(a), toDecimal(b)]);
        return fromDecimal(subtract(sum, toDecimal(b))) === a;
      })
    );
  });

  it('keep the sign of small negative amounts', () => {
    expect(toDecimal(-1n)).toBe('-0.0001');
    expect(negate('-0.5')).toBe('0.5000');
    expect(compareDecimals('-0.0001', '0')).toBe(-1);
  });

  it('give no share of nothing', () => {
    expect(ratio('5', '0.0000')).toBeNull();
    expect(ratio('1', '4')).toBe(0.25);
  });

  it('refuse what is not a number', () => {
    expect(() => fromDecimal('1,5')).toThrow(RangeError);
    expect(() => fromDecimal('')).toThrow(RangeError);
  });
});
