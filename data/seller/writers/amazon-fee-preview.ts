import type { AmazonAccount } from '../amazon-accounts.ts';
import { fbaFee, referralOf } from '../amazon-fees.ts';
import { isoDate } from '../days.ts';
import type { DemandStream } from '../demand.ts';
import { coinText } from '../money.ts';
import type { Amount } from '../money.ts';
import type { Seller } from '../seller.ts';
import type { World } from '../world.ts';

const start = 'sku,fnsku,asin,product-name,product-group,brand,fulfilled-by'.split(',');
const size =
  'your-price,sales-price,longest-side,median-side,shortest-side,length-and-girth,unit-of-dimension,item-package-weight,unit-of-weight'.split(
    ','
  );
const fees =
  'currency,estimated-fee-total,estimated-referral-fee-per-unit,estimated-variable-closing-fee'.split(
    ','
  );
const abroad = ['uk', 'de', 'fr', 'it', 'es'].map(
  (country) => `expected-efn-fulfilment-fee-per-unit-${country}`
);
const european = [...start, 'has-local-inventory', ...size, 'product-size-weight-band', ...fees];

/** Columns by market; other markets are not written, as their columns are not known. */
const columns: Partial<Record<string, readonly string[]>> = {
  US: [
    ...start,
    ...size,
    'product-size-tier',
    ...fees,
    'estimated-order-handling-fee-per-order',
    'estimated-pick-pack-fee-per-unit',
    'estimated-weight-handling-fee-per-unit',
    'expected-fulfillment-fee-per-unit'
  ],
  CA: [
    ...start,
    ...size,
    ...fees,
    'estimated-pick-pack-fee-per-unit',
    'estimated-weight-handling-fee-per-unit'
  ],
  GB: [
    ...european,
    'estimated-order-handling-fee-per-order',
    'expected-domestic-fulfilment-fee-per-unit',
    ...abroad
  ],
  DE: [...european, 'expected-domestic-fulfilment-fee-per-unit', ...abroad],
  FR: [...european, 'expected-domestic-fulfilment-fee-per-unit', ...abroad]
};

/** One fee preview an account on the morning after the last day: estimates at the price of the last day. */
export function writeFeePreviews(seller: Seller, world: World): void {
  const i = seller.last - seller.first;
  for (const account of seller.parts.accounts) {
    const names = columns[account.market];
    if (names === undefined) continue;
    const listed = world.streams.filter(({ point, product }) => {
      const live = product.launch <= i && product.end > i && !product.ownShipped;
      return point.account === account.id && live;
    });
    if (listed.length === 0) continue;
    const rows = listed.map((stream) => {
      expectFees(seller, account, stream);
      const cells = cellsOf(seller, account, stream);
      return `${names.map((name) => cells[name] ?? '--').join('\t')}\n`;
    });
    const file = `inbox/${account.id}/${account.id}_fee-preview_${isoDate(seller.last + 1)}T12-00-00Z.txt`;
    seller.folder.whole(file, `${names.join('\t')}\n`, rows);
  }
}

/** Until a settlement carries an order, its fees are expected to be those of the preview. */
function expectFees(seller: Seller, account: AmazonAccount, stream: DemandStream): void {
  const { product } = stream;
  const { referral, fulfilment } = feesOf(seller, account, stream);
  const place = { cell: seller.cellOfAmazon(account), currency: account.currency };
  for (const { day, quantity } of seller.open.of(account, product)) {
    const at = { ...place, product: product.index, ordered: day, posted: undefined };
    seller.ledger.add(at, 'selling_fees', -referral * quantity);
    seller.ledger.add(at, 'fulfilment', -fulfilment * quantity);
  }
}

function feesOf(
  seller: Seller,
  account: AmazonAccount,
  stream: DemandStream
): { price: Amount; referral: Amount; fulfilment: Amount } {
  const price = stream.shelfPrice(seller.last - seller.first);
  const referral = referralOf(account, stream.product.niche, { paid: price, quantity: 1 });
  return { price, referral, fulfilment: fbaFee(seller, account, stream.product) };
}

function cellsOf(
  seller: Seller,
  account: AmazonAccount,
  stream: DemandStream
): Record<string, string> {
  const { product } = stream;
  const { price, referral, fulfilment } = feesOf(seller, account, stream);
  const american = account.market === 'US';
  const [longest, median, shortest] = product.sizeMm.map((mm) => mm / (american ? 25.4 : 10));
  const [l = 0, m = 0, s = 0] = [longest, median, shortest];
  const text = (amount: Amount) => coinText(amount, account.currency);
  const weight = american ? product.weightG / 453.6 : product.weightG;
  return {
    sku: seller.channelSku(account.id, product),
    fnsku: product.fnsku,
    asin: product.asin,
    'product-name': product.name,
    'product-group': product.niche,
    brand: product.brand,
    'fulfilled-by': 'Amazon',
    'has-local-inventory': 'Y',
    'your-price': text(price),
    'sales-price': text(price),
    'longest-side': l.toFixed(2),
    'median-side': m.toFixed(2),
    'shortest-side': s.toFixed(2),
    'length-and-girth': (l + 2 * (m + s)).toFixed(2),
    'unit-of-dimension': american ? 'inches' : 'centimeters',
    'item-package-weight': weight.toFixed(2),
    'unit-of-weight': american ? 'pounds' : 'grams',
    'product-size-tier': product.weightG > 450 ? 'UsLargeStandardSize' : 'UsSmallStandardSize',
    'product-size-weight-band': product.weightG > 400 ? 'Standard parcel' : 'Small envelope',
    currency: account.currency,
    'estimated-fee-total': text(referral + fulfilment),
    'estimated-referral-fee-per-unit': text(referral),
    'estimated-variable-closing-fee': text(0),
    'expected-fulfillment-fee-per-unit': text(fulfilment),
    'estimated-pick-pack-fee-per-unit': american ? '--' : text(fulfilment),
    'estimated-weight-handling-fee-per-unit': american ? '--' : text(0),
    'expected-domestic-fulfilment-fee-per-unit': text(fulfilment)
  };
}
