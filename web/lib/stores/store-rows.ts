import type { Row } from '../api/questions.ts';
import { addDecimals, toPlot } from '../format/decimal.ts';
import type { Words } from '../format/words.ts';

export type StoreMonth = Row<'store_settlement'>;

/** `Berlin 2026-09`: the row whose lines are shown, as it stands in the address. */
export function storeKey(row: Pick<StoreMonth, 'store' | 'month'>): string {
  return `${row.month} ${row.store}`;
}

export function readStoreKey(
  key: string | undefined
): { month: string; store: string } | undefined {
  const match = /^(\d{4}-\d{2}) (.+)$/.exec(key ?? '');
  const [, month, store] = match ?? [];
  return month === undefined || store === undefined ? undefined : { month, store };
}

/** The first and the last day of a month `2026-09`. */
export function monthRange(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
  return { from: `${month}-01`, to: last };
}

/** What is owed, by currency: amounts of two currencies are never added. */
export function dueByCurrency(rows: readonly StoreMonth[]): readonly [string, string][] {
  const currencies = [...new Set(rows.map((row) => row.currency))].sort();
  return currencies.map((currency) => [
    currency,
    addDecimals(rows.filter((row) => row.currency === currency).map((row) => row.due))
  ]);
}

/** The opening sentence: what all stores are owed, and which one most. */
export function storesSentence(
  rows: readonly StoreMonth[],
  write: (amount: string, currency: string) => string,
  words: Words
): string {
  if (rows.length === 0) return words.t('stores_none');
  const due = dueByCurrency(rows)
    .map(([currency, amount]) => write(amount, currency))
    .join(' + ');
  const stores = [...new Set(rows.map((row) => row.store))];
  if (stores.length === 1) return words.t('stores_one', { store: stores[0] ?? '', due });
  const first = rows[0]?.currency ?? '';
  const sums = stores.map((store) => ({
    store,
    due: addDecimals(
      rows.filter((row) => row.store === store && row.currency === first).map((row) => row.due)
    )
  }));
  const most = sums.sort((left, right) => toPlot(right.due) - toPlot(left.due))[0];
  return words.t('stores_owed', {
    count: stores.length,
    due,
    store: most?.store ?? '',
    most: write(most?.due ?? '0', first)
  });
}
