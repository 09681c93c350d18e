import { describe, expect, it } from 'vitest';
import { day, instant, monthName, range, shortDay } from '../../web/lib/format/dates.ts';
import {
  columnMoney,
  columnUnit,
  exactMoney,
  headlineMoney,
  shiftPoint,
  signedColumnMoney,
  signedMoney
} from '../../web/lib/format/money.ts';
import { percent, signedPercent, signedPoints } from '../../web/lib/format/numbers.ts';
import { channelName, marketName, marketTag } from '../../web/lib/format/places.ts';

const en = { language: 'en', currency: 'USD' } as const;
const zh = { language: 'zh', currency: 'USD' } as const;

describe('headline money', () => {
  it.each([
    ['4336200.1234', '$4.34m', '$433.6 万'],
    ['643100.0000', '$643.1k', '$64.31 万'],
    ['1284.0000', '$1,284', '$1,284'],
    ['-52900.0000', '−$52.9k', '−$5.29 万'],
    ['123456789.5', '$123.46m', '$1.23 亿'],
    ['1234567890', '$1.23bn', '$12.35 亿'],
    ['999999.99', '$1.00m', '$100.0 万'],
    ['0.0000', '$0', '$0'],
    ['-0.2', '$0', '$0']
  ])('%s reads %s in English and %s in Chinese', (amount, english, chinese) => {
    expect(headlineMoney(amount, en)).toBe(english);
    expect(headlineMoney(amount, zh)).toBe(chinese);
  });

  it('says the sign of a change, and none for no change', () => {
    expect(signedMoney('43500', en)).toBe('+$43.5k');
    expect(signedMoney('-49800', en)).toBe('−$49.8k');
    expect(signedMoney('0.0000', en)).toBe('$0');
  });

  it('keeps every digit of amounts no float can hold', () => {
    expect(exactMoney('90071992547409.9301', en)).toBe('90,071,992,547,409.9301 USD');
    expect(exactMoney('12.4800', en)).toBe('12.48 USD');
  });
});

describe('money in a column', () => {
  it('has one unit and one precision for all cells', () => {
    const unit = columnUnit(['1842600.5', '-6200', null], en);
    expect(unit.label).toBe('$k');
    expect(['1842600.5', '-6200', null].map((cell) => columnMoney(cell, unit, 'en'))).toEqual([
      '1,842.6',
      '−6.2',
      '—'
    ]);
  });

  it('counts in 万 with the currency in the head in Chinese', () => {
    const unit = columnUnit(['1842600.5'], { language: 'zh', currency: 'EUR' });
    expect(unit.label).toBe('万欧元');
    expect(columnMoney('1842600.5', unit, 'zh')).toBe('184.26');
    expect(signedColumnMoney('-49800', unit, 'zh')).toBe('−4.98');
  });

  it('stays whole when all amounts are small', () => {
    const unit = columnUnit(['950', '12'], en);
    expect([unit.label, columnMoney('950.4', unit, 'en')]).toEqual(['$', '950']);
  });

  it('moves the point without rounding', () => {
    expect(shiftPoint('-6200.1234', 3)).toBe('-6.2001234');
    expect(shiftPoint('5', 4)).toBe('0.0005');
  });
});

describe('shares', () => {
  it('writes a dash where a share is not applicable', () => {
    expect(percent(null, 'en')).toBe('—');
    expect(signedPercent(null, 'zh')).toBe('—');
  });

  it('uses the typographic minus and no sign on zero', () => {
    expect(signedPercent(-0.05, 'en')).toBe('−5.0%');
    expect(signedPercent(0.117, 'en')).toBe('+11.7%');
    expect(signedPercent(-0.00001, 'en')).toBe('0.0%');
    expect(signedPoints(-0.003, 'en')).toBe('−0.3 pt');
  });
});

describe('dates', () => {
  it('are written as each language writes them', () => {
    expect(day('2026-11-18', 'en')).toBe('18 Nov 2026');
    expect(day('2026-11-18', 'zh')).toBe('2026年11月18日');
    expect(shortDay('2026-09-04', 'en')).toBe('4 Sep');
    expect(range('2026-10-01', '2026-11-18', 'en')).toBe('1 Oct – 18 Nov');
    expect(range('2026-10-01', '2026-11-18', 'zh')).toBe('10月1日–11月18日');
    expect(range('2025-12-01', '2026-01-02', 'en')).toBe('1 Dec 2025 – 2 Jan 2026');
    expect(monthName('2026-11-01', 'zh')).toBe('11月');
  });

  it('do not move with the zone of the machine', () => {
    expect(instant('2026-11-18T07:42:00Z', 'en', 'UTC')).toBe('18 Nov, 07:42');
    expect(instant('2026-11-18T07:42:00Z', 'zh', 'Asia/Shanghai')).toBe('11月18日 15:42');
  });
});

describe('places', () => {
  it('carry reviewed names and the tag traders use', () => {
    expect(marketTag('GB')).toBe('UK');
    expect(marketName('TW', 'zh')).toBe('中国台湾');
    expect(marketName('DE', 'en')).toBe('Germany');
    expect(marketName('x-channel-islands', 'en')).toBe('Channel islands');
    expect(channelName('own_store', 'zh')).toBe('独立站');
  });
});
