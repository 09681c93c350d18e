import type { AmazonAccount } from './amazon-accounts.ts';
import type { Product } from './catalogue.ts';
import { dayOfMonth, isoDate } from './days.ts';
import type { Step } from './ledger.ts';
import { toAmount } from './money.ts';
import type { Amount } from './money.ts';
import { fees } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { Seller } from './seller.ts';

// Subscriptions are charged once a region: North America, United Kingdom, euro area, Japan, and others.
const subscriptions: Record<string, number> = {
  'amazon-us': 39.99,
  'amazon-gb': 25,
  'amazon-de': 39,
  'amazon-jp': 4900,
  'amazon-sg': 29.95
};

interface Charge {
  readonly kind: string;
  readonly type: string;
  readonly description: string;
  readonly amount: Amount;
  readonly step: Step;
  readonly product?: Product;
  readonly quantity?: number;
}

/** Settlement rows without an order: subscription, storage, ads, coupons, inbound, lost stock, removals. */
export class AccountCharges {
  private readonly random: RandomStream;
  private soldSinceAds: Amount = 0;

  constructor(
    private readonly account: AmazonAccount,
    private readonly seller: Seller
  ) {
    this.random = new RandomStream(seller.seed, `charges/${account.id}`);
  }

  /** Sales drive the advertising bill. */
  sold(amount: Amount): void {
    this.soldSinceAds += amount;
  }

  /** Regular charges of one day; `units` is what lies in the account's fulfilment centres. */
  endDay(day: number, units: number): void {
    const date = dayOfMonth(day);
    const { account } = this;
    const subscription = subscriptions[account.id];
    if (date === 5 && subscription !== undefined) {
      this.charge(day, {
        ...other('Subscription Fee'),
        amount: -toAmount(subscription, account.currency),
        step: 'overhead'
      });
    }
    if (date === 10 && units > 0) {
      const peak = Number(isoDate(day).slice(5, 7)) > 10;
      const amount = -this.local((peak ? fees.peakStorage : fees.storage) * units);
      this.charge(day, { ...other('Storage Fee'), amount, step: 'storage' });
    }
    if (date === 16 && units > 400) {
      this.charge(day, {
        ...other('StorageRenewalBilling'),
        amount: -this.local(units * 0.012),
        step: 'storage'
      });
    }
    if (day % 4 === 0) this.advertise(day);
    if (day % fees.couponEveryDays === account.index) this.coupon(day);
  }

  private advertise(day: number): void {
    const share = fees.advertising * this.random.uniform(0.75, 1.25);
    const amount = -toAmount((this.soldSinceAds / 10000) * share, this.account.currency);
    this.soldSinceAds = 0;
    const what = {
      kind: 'ServiceFee',
      type: 'Cost of Advertising',
      description: 'TransactionTotalAmount'
    };
    this.charge(day, { ...what, amount, step: 'advertising' });
  }

  private coupon(day: number): void {
    const clips = this.random.integer(0, 14);
    const what = {
      kind: 'CouponRedemptionFee',
      type: 'CouponRedemptionFee',
      description: 'Save 10% on selected items'
    };
    this.charge(day, { ...what, amount: -this.local(0.6 * clips), step: 'promotions' });
  }

  /** Placement and transport to Amazon's centres, charged when a delivery arrives. */
  inbound(day: number, quantity: number): void {
    const amount = -this.local(fees.inboundPerUnit * quantity);
    const description = this.random.chance(0.7)
      ? 'FBA Inbound Convenience Fee'
      : 'FBAInboundTransportationFee';
    this.charge(day, { ...other(description), amount, step: 'landed_cost' });
  }

  /** Units Amazon lost or damaged and paid for. */
  reimburse(day: number, product: Product, lost: { quantity: number; each: Amount }): void {
    const description = this.random.chance(0.6) ? 'WAREHOUSE_LOST' : 'WAREHOUSE_DAMAGE';
    const what = { kind: 'other-transaction', type: 'FBA Inventory Reimbursement', description };
    const amount = toAmount((lost.each * lost.quantity * 0.6) / 10000, this.account.currency);
    this.charge(day, { ...what, amount, step: 'landed_cost', product, quantity: lost.quantity });
  }

  /** Left-over stock of a product that went off sale. */
  remove(day: number, product: Product, quantity: number): void {
    const description = this.random.chance(0.5) ? 'RemovalComplete' : 'DisposalComplete';
    const amount = -this.local(fees.removal * quantity);
    this.charge(day, { ...other(description), amount, step: 'return_handling', product, quantity });
  }

  private local(usd: number): Amount {
    return toAmount(usd * this.seller.localFactor(this.account.market), this.account.currency);
  }

  private charge(posted: number, charge: Charge): void {
    const { account, seller } = this;
    if (charge.amount === 0 || account.settlements.periodOf(posted) === undefined) return;
    const { kind, type, description, amount, step, product, quantity } = charge;
    const sku = product === undefined ? '' : seller.channelSku(account.id, product);
    const head = { kind, posted, order: undefined, sku, quantity, promotionId: '' };
    seller.settlements[account.index]?.lines(head)?.add([type, description], amount);
    const { currency } = account;
    const at = { cell: seller.cellOfAmazon(account), currency, ordered: posted, posted };
    const place = product === undefined ? at : { ...at, product: product.index };
    seller.ledger.add(place, step, amount);
  }
}

function other(description: string): Pick<Charge, 'kind' | 'type' | 'description'> {
  return { kind: 'other-transaction', type: 'other-transaction', description };
}
