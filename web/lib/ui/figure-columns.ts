import { columnMoney, signedColumnMoney, type ColumnUnit } from '../format/money.ts';
import { decimals } from '../format/numbers.ts';
import type { Words } from '../format/words.ts';
import type { Column } from './table.ts';

interface MoneyColumn<Row> {
  readonly key: string;
  readonly label: string;
  readonly unit: ColumnUnit;
  of(row: Row): string | null;
  readonly total?: string | undefined;
  readonly isStrong?: boolean;
  readonly isSigned?: boolean;
  readonly tone?: (row: Row) => string;
  readonly press?: (row: Row) => (() => void) | undefined;
}

/** A column of amounts in one unit; the unit stands in its head. */
export function moneyColumn<Row>(column: MoneyColumn<Row>, words: Words): Column<Row> {
  const { key, label, unit, of, total, isStrong = false, isSigned = false, tone, press } = column;
  const write = (amount: string | null) =>
    (isSigned ? signedColumnMoney : columnMoney)(amount, unit, words.language);
  return {
    key,
    align: 'right',
    label: unit.label === '' ? label : words.t('head_with_unit', { label, unit: unit.label }),
    isStrong,
    sort: (row) => {
      const amount = of(row);
      return amount === null ? null : Number(amount);
    },
    text: (row) => write(of(row)),
    ...(tone ? { tone } : {}),
    ...(press ? { press } : {}),
    ...(total === undefined ? {} : { total: write(total) })
  };
}

interface NumberColumn<Row> {
  readonly key: string;
  readonly label: string;
  of(row: Row): number | null;
  readonly places?: number;
  readonly total?: string;
  readonly isStrong?: boolean;
  readonly tone?: (row: Row) => string;
}

export function numberColumn<Row>(column: NumberColumn<Row>, words: Words): Column<Row> {
  const { key, label, of, places = 0, total, isStrong = false, tone } = column;
  return {
    key,
    align: 'right',
    label,
    isStrong,
    sort: of,
    text: (row) => {
      const value = of(row);
      return value === null ? '—' : decimals(value, places, words.language);
    },
    ...(tone ? { tone } : {}),
    ...(total === undefined ? {} : { total })
  };
}

/** A column of words. */
export function textColumn<Row>(key: string, label: string, of: (row: Row) => string): Column<Row> {
  return { key, label, text: of, sort: of };
}

/** Amounts of several currencies share no unit: cents, and the currency in a column of its own. */
export const ownCurrency: ColumnUnit = { exponent: 0, decimals: 2, label: '' };
