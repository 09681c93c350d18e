import { isoDate } from './days.ts';
import { coinText, toAmount } from './money.ts';
import type { Amount, Currency } from './money.ts';
import { marketFacts, stores } from './network.ts';
import type { Seller } from './seller.ts';

const header = 'store,valid_from,valid_to,handling_rate,pick_up_fee,ship_fee,currency\n';

/** What a store is paid for handing out or sending an order of the web shop. */
export interface StoreContract {
  readonly store: string;
  readonly from: number;
  readonly to: number | undefined;
  /** Percent of the goods value, whole: a share of cents is then exact to 1e-4. */
  readonly percent: number;
  readonly pickUpFee: Amount;
  readonly shipFee: Amount;
  readonly currency: Currency;
}

/** One contract a store; the one of Berlin was renewed at other terms half-way. */
export function contractsOf(seller: Seller): StoreContract[] {
  const middle = Math.floor((seller.first + seller.last) / 2);
  return stores.flatMap((store, index) => {
    const { currency, priceFactor } = marketFacts[store.market];
    const fee = (usd: number) => toAmount(Math.round(usd * priceFactor * 10) / 10, currency);
    const terms = { store: store.id, pickUpFee: fee(1.2), shipFee: fee(2.6), currency };
    const percent = 6 + (index % 4);
    const contract = { ...terms, from: seller.first, to: undefined, percent };
    if (store.id !== 'de-berlin') return [contract];
    return [
      { ...contract, to: middle },
      { ...contract, from: middle + 1, percent: percent + 2, pickUpFee: fee(1.5) }
    ];
  });
}

export function writeStoreContracts(seller: Seller): void {
  const rows = contractsOf(seller).map((contract) => {
    const { store, from, to, percent, pickUpFee, shipFee, currency } = contract;
    const until = to === undefined ? '' : isoDate(to);
    const fees = `${coinText(pickUpFee, currency)},${coinText(shipFee, currency)}`;
    return `${store},${isoDate(from)},${until},${(percent / 100).toFixed(2)},${fees},${currency}\n`;
  });
  seller.folder.whole('inbox/portolan/portolan-store-contracts.csv', header, rows);
}
