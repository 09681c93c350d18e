import { isoDate, monthOf } from './days.ts';
import { currencies, coinText, exactText, roundHalfAway, toAmount, toCoins } from './money.ts';
import type { Amount } from './money.ts';
import { payouts } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { Seller, Settlement } from './seller.ts';

const header =
  'payout_id,selling_account,settlement_id,paid_on,amount,currency,sent_amount,sent_currency,bank_fee,reference\n';

interface BankPayout {
  readonly settlement: Settlement;
  readonly paidOn: number;
  readonly received: Amount;
  readonly fee: Amount;
}

/** What reached the bank, in dollars, of every payout that has arrived by the last day; and what rates did to it. */
export function writeBankPayouts(seller: Seller): void {
  const months = new Map<string, Amount>();
  const rows: string[] = [];
  for (const payout of arrivals(seller)) {
    const { settlement, paidOn, received, fee } = payout;
    const { account, id, deposit, currency } = settlement;
    const number = String(rows.length + 1).padStart(5, '0');
    const money = `${coinText(received, 'USD')},USD,${coinText(deposit, currency)},${currency},${coinText(fee, 'USD')}`;
    rows.push(
      `BK-${number},${account},${id},${isoDate(paidOn)},${money},${account.toUpperCase()} ${id.slice(-6)}\n`
    );
    book(seller, payout, months);
  }
  seller.folder.whole('inbox/portolan/portolan-bank-payouts.csv', header, rows);
  const sums = [...months]
    .filter(([, amount]) => amount !== 0)
    .map(([key, amount]) => `${key},${exactText(amount)}\n`);
  seller.folder.whole('truth/fx_month.csv', 'account,month,kind,amount\n', sums.sort());
}

function* arrivals(seller: Seller): Generator<BankPayout> {
  const randoms = new Map<string, RandomStream>();
  for (const settlement of seller.paidOut) {
    const { account, deposit, currency, depositedOn } = settlement;
    const random = randoms.get(account) ?? new RandomStream(seller.seed, `bank/${account}`);
    randoms.set(account, random);
    const spread = random.uniform(payouts.spread[0], payouts.spread[1]);
    const fee = toAmount(random.pick(payouts.bankFees), 'USD');
    const paidOn = depositedOn + payouts.daysToBank;
    if (deposit <= 0 || paidOn > seller.last) continue;
    const mid = seller.rates.toUsd(deposit, currencies.indexOf(currency), paidOn);
    const received = currency === 'USD' ? deposit : toCoins(mid * (1 - spread), 'USD');
    yield { settlement, paidOn, received, fee };
  }
}

/** Spread: what was received less what was sent at the day's rate. Timing: each posted day's rows at both rates. */
function book(seller: Seller, payout: BankPayout, months: Map<string, Amount>): void {
  const { settlement, paidOn, received, fee } = payout;
  const { account, deposit, currency, cell } = settlement;
  const { rates } = seller;
  const atBank = rates.usdOf(currency, paidOn);
  let timing = 0;
  for (const [day, amount] of settlement.byDay) {
    timing += roundHalfAway(amount * (atBank - rates.usdOf(currency, day)));
  }
  const spread = received - rates.toUsd(deposit, currencies.indexOf(currency), paidOn) - fee;
  for (const [kind, amount] of [['fee_spread', spread] as const, ['timing', timing] as const]) {
    const key = `${account},${monthOf(paidOn)},${kind}`;
    months.set(key, (months.get(key) ?? 0) + amount);
    const entry = { step: 'fx_result', amount, day: paidOn } as const;
    seller.ledger.addOn(1, { cell, currency: 'USD' }, entry);
  }
}
