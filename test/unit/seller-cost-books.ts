import { join } from 'node:path';
import type { Books, Lot, Move } from './seller-books.ts';
import { csvRows, e4 } from './seller-files.ts';
import type { Row } from './seller-files.ts';

/** What became of a SKU's lots. */
export interface Flow {
  covered: number;
  estimated: number;
  givenBack: number;
  left: number;
  leftUnits: number;
}

/**
 * Landed cost by FIFO, unit by unit: a real queue and a real stack of what is out. Called when all sales and
 * returns are known.
 */
export function bookLandedCost(books: Books): Map<string, Flow> {
  const flows = new Map<string, Flow>();
  for (const [sku, lots] of books.lots) flows.set(sku, runSku(books, sku, lots));
  return flows;
}

function runSku(books: Books, sku: string, lots: readonly Lot[]): Flow {
  const flow = { covered: 0, estimated: 0, givenBack: 0, left: 0, leftUnits: 0 };
  const coming = [...lots].sort((a, b) => (a.on < b.on ? -1 : 1));
  const queue: number[] = [];
  const out: number[] = [];
  const sold = books.left.get(sku) ?? new Map<string, Move[]>();
  const back = books.back.get(sku) ?? new Map<string, Move[]>();
  let newest: number | undefined;
  for (const day of [...new Set([...sold.keys(), ...back.keys(), '9999-12-31'])].sort()) {
    while (coming[0] !== undefined && coming[0].on <= day) {
      const lot = coming.shift();
      if (lot === undefined) break;
      for (let unit = 0; unit < lot.units; unit++) queue.push(lot.value);
      newest = lot.value;
    }
    const gone = sold.get(day) ?? [];
    let cost = 0;
    for (let unit = unitsOf(gone); unit > 0; unit--) {
      const value = queue.shift();
      if (value !== undefined) {
        out.push(value);
        flow.covered += value;
      } else flow.estimated += newest ?? 0;
      cost += value ?? newest ?? 0;
    }
    if (cost > 0) share(books, { sku, day, value: -cost }, gone);
    const returned = back.get(day) ?? [];
    let given = 0;
    for (let unit = unitsOf(returned); unit > 0; unit--) {
      const value = out.pop();
      if (value === undefined) continue;
      queue.unshift(value);
      given += value;
    }
    flow.givenBack += given;
    if (given > 0) share(books, { sku, day, value: given }, returned);
  }
  flow.left = queue.reduce((sum, value) => sum + value, 0);
  flow.leftUnits = queue.length;
  return flow;
}

function unitsOf(moves: readonly Move[]): number {
  return moves.reduce((sum, move) => sum + move.units, 0);
}

function share(
  books: Books,
  of: { sku: string; day: string; value: number },
  moves: readonly Move[]
): void {
  const cells = new Map<string, Move>();
  for (const move of moves) {
    const key = [move.place.market, move.place.channel, move.posted ?? '~'].join('\u0000');
    const known = cells.get(key);
    cells.set(key, { ...move, units: move.units + (known?.units ?? 0) });
  }
  const whole = unitsOf(moves);
  let units = 0;
  let before = 0;
  for (const [, cell] of [...cells].sort(([a], [b]) => (a < b ? -1 : 1))) {
    units += cell.units;
    const size = Math.round((Math.abs(of.value) * units) / whole);
    const reached = of.value < 0 ? -size : size;
    const amount = BigInt(reached - before);
    const entry = { step: 'landed_cost', currency: 'USD', amount, sku: of.sku };
    books.entry('ordered', cell.place, { ...entry, day: of.day });
    if (cell.posted !== undefined)
      books.entry('posted', cell.place, { ...entry, day: cell.posted });
    before = reached;
  }
}

/** Books the cost templates. */
export function bookTemplates(books: Books): void {
  const rows = (name: string) => csvRows(join(books.inbox, 'portolan', `portolan-${name}.csv`));
  for (const row of rows('overhead')) bookOverhead(books, row);
  const accounts = new Map(
    csvRows(join(books.inbox, '../accounts.csv')).map((row) => [row.account ?? '', row])
  );
  const placeOf = (account = '') => {
    const { market = '', channel = '' } = accounts.get(account) ?? {};
    return { market, channel };
  };
  for (const row of rows('promotion-costs')) {
    const { spent_on: day = '', currency = '', sku = '' } = row;
    const amount = -e4(row.amount);
    books.both(placeOf(row.selling_account), { day, step: 'promotions', currency, amount, sku });
  }
  const contracts = rows('store-contracts');
  for (const row of rows('store-fulfilments')) {
    bookHandOut(books, row, { place: placeOf(row.selling_account), contracts });
  }
}

function bookOverhead(books: Books, row: Row): void {
  const place = { market: row.market || 'x-company', channel: row.channel || 'none' };
  const { period_start: from = '', period_end: to = '', currency = '' } = row;
  const time = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86400000;
  const days = time(to) - time(from) + 1;
  let before = 0n;
  for (let day = time(from); day <= time(to); day++) {
    const date = new Date(day * 86400000).toISOString().slice(0, 10);
    const tomorrow = new Date((day + 1) * 86400000).toISOString().slice(0, 10);
    if (date !== to && tomorrow.slice(0, 7) === date.slice(0, 7)) continue;
    const passed = BigInt(day - time(from) + 1);
    const cents = (2n * (e4(row.amount) / 100n) * passed + BigInt(days)) / (2n * BigInt(days));
    const amount = before - cents * 100n;
    books.both(place, { day: date, step: 'overhead', currency, amount });
    before = cents * 100n;
  }
}

function bookHandOut(
  books: Books,
  row: Row,
  known: { place: { market: string; channel: string }; contracts: readonly Row[] }
): void {
  const { fulfilled_on: day = '', currency = '', sku = '', kind = '' } = row;
  const { place } = known;
  books.both(place, { day, step: 'last_mile', currency, amount: -e4(row.freight), sku });
  const contract = known.contracts.find(
    ({ store, valid_from: from = '', valid_to: to = '' }) =>
      store === row.store && from <= day && (to === '' || day <= to)
  );
  if (contract === undefined) throw new Error(`${row.store} has no contract on ${day}`);
  const part = (e4(contract.handling_rate) * e4(row.goods_value)) / 10000n;
  const fee = e4(kind === 'pick_up' ? contract.pick_up_fee : contract.ship_fee);
  const amount = kind === 'return' ? part : -part - fee;
  books.both(place, { day, step: 'store_handling', currency, amount, sku });
}

/** Books what exchange rates did between sale and bank; `rowsOf` gives a settlement's amounts by posted day. */
export function bookBank(
  books: Books,
  placeOf: (account: string) => { market: string; channel: string },
  rowsOf: (account: string, settlement: string) => ReadonlyMap<string, bigint>
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const row of csvRows(join(books.inbox, 'portolan/portolan-bank-payouts.csv'))) {
    const { selling_account: account = '', settlement_id: id = '', paid_on: day = '' } = row;
    const { sent_currency: currency = '' } = row;
    const sent = books.inUsd(e4(row.sent_amount), currency, day);
    let timing = 0n;
    let whole = 0n;
    for (const [posted, amount] of rowsOf(account, id)) {
      const exact = Number(amount) * (books.rate(currency, day) - books.rate(currency, posted));
      timing += BigInt(Math.sign(exact) * Math.round(Math.abs(exact)));
      whole += amount;
    }
    if (whole !== e4(row.sent_amount)) throw new Error(`${account} ${id} does not add up`);
    const spread = e4(row.amount) - sent - e4(row.bank_fee);
    for (const [kind, amount] of Object.entries({ fee_spread: spread, timing })) {
      const key = `${account},${day.slice(0, 7)},${kind}`;
      sums.set(key, (sums.get(key) ?? 0n) + amount);
      const entry = { day, step: 'fx_result', currency: 'USD', amount };
      books.entry('posted', placeOf(account), entry);
    }
  }
  return sums;
}
