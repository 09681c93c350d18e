import { AccountCharges } from './account-charges.ts';
import { AmazonDesk } from './amazon-orders.ts';
import { CardPayments } from './card-payments.ts';
import type { DemandStream } from './demand.ts';
import { EbayDesk } from './ebay-orders.ts';
import { coin, toCoins } from './money.ts';
import type { Amount } from './money.ts';
import { marketFacts, stores } from './network.ts';
import { orders } from './parameters.ts';
import { Parcels } from './parcels.ts';
import type { HandOut, SaleLine, Seller } from './seller.ts';
import { StoreDesk } from './store-orders.ts';
import type { StockNode } from './supply.ts';
import { TiktokDesk } from './tiktok-orders.ts';
import { WebDesk } from './web-orders.ts';
import type { ShopSetup } from './web-orders.ts';
import { WholesaleDesk } from './wholesale-orders.ts';
import type { World } from './world.ts';
import { GenericPosWriter } from './writers/generic-pos.ts';
import { ShopifyWriter } from './writers/shopify-orders.ts';
import { SquareWriter } from './writers/square-items.ts';

/** The stock that serves a line, and how where that is a store. */
export interface Source {
  readonly node: StockNode;
  readonly handOut: HandOut | undefined;
}

interface MarketDesk {
  sell(sale: SaleLine): void;
  endDay(day: number): void;
  /** After the last day. */
  close?(): void;
}

/** Sends every sold line to the desk of its account. */
export class Desks {
  readonly charges = new Map<string, { location: string; charges: AccountCharges }>();
  private readonly amazon = new Map<string, AmazonDesk>();
  private readonly web = new Map<string, WebDesk>();
  private readonly tills = new Map<string, StoreDesk>();
  private readonly wholesale: WholesaleDesk;
  /** Desks of marketplaces that pay for themselves: eBay and TikTok Shop. */
  private readonly markets = new Map<string, MarketDesk>();
  private readonly payments: CardPayments[] = [];
  private parcels: Parcels | undefined;

  constructor(private readonly seller: Seller) {
    for (const account of seller.parts.accounts) {
      this.amazon.set(account.id, new AmazonDesk(account, seller));
      const charges = new AccountCharges(account, seller);
      this.charges.set(account.id, { location: account.id, charges });
    }
    const shopify = new ShopifyWriter(seller.folder, seller.first);
    const shop = (account: string, zone: string, rest: Omit<ShopSetup, 'account' | 'zone'>) =>
      this.web.set(account, new WebDesk({ account, zone, ...rest }, seller, shopify));
    shop('shop-us', 'America/New_York', {
      currency: 'USD',
      inclusive: false,
      till: false,
      prefix: 'US'
    });
    shop('shop-eu', 'Europe/Berlin', {
      currency: 'EUR',
      inclusive: true,
      till: false,
      prefix: 'EU'
    });
    shop('pos-jp', 'Asia/Tokyo', {
      currency: 'JPY',
      inclusive: true,
      till: true,
      prefix: ''
    });
    this.followWebOrders();
    this.tills.set(
      'pos-us',
      new StoreDesk(
        { account: 'pos-us', market: 'US' },
        seller,
        new SquareWriter(seller.folder, 'pos-us')
      )
    );
    this.tills.set(
      'pos-de',
      new StoreDesk(
        { account: 'pos-de', market: 'DE' },
        seller,
        new GenericPosWriter(seller.folder, 'pos-de')
      )
    );
    this.wholesale = new WholesaleDesk(seller);
    for (const market of ['US', 'GB', 'DE'] as const) {
      const account = `ebay-${market.toLowerCase()}`;
      this.markets.set(account, new EbayDesk({ account, market }, seller));
    }
    for (const market of ['US', 'GB', 'SG'] as const) {
      const account = `tiktok-${market.toLowerCase()}`;
      this.markets.set(account, new TiktokDesk({ account, market }, seller));
    }
  }

  /** What an online order leads to: card payments in both shops, UPS parcels in the American one. */
  private followWebOrders(): void {
    const { seller } = this;
    this.parcels = new Parcels(seller);
    for (const [account, market] of [['shop-us', 'US'] as const, ['shop-eu', 'DE'] as const]) {
      const desk = this.web.get(account);
      if (!desk) continue;
      const payments = new CardPayments({ ...desk.shop, offsets: desk.offsets, market }, seller);
      this.payments.push(payments);
      desk.after = (order) => {
        payments.plan(order);
        if (market === 'US') this.parcels?.plan(order);
      };
    }
  }

  chargesOf(location: string): AccountCharges | undefined {
    return this.charges.get(location)?.charges;
  }

  sell(sale: SaleLine): void {
    const { account } = sale.stream.point;
    const amazon = this.amazon.get(account);
    if (amazon) {
      amazon.sell(sale);
      this.chargesOf(account)?.sold(sale.unitPrice * sale.quantity);
      if (account === 'amazon-us') this.web.get('shop-us')?.copyFrom(sale);
      return;
    }
    const web = this.web.get(account);
    if (web) this.sellOnline(web, sale);
    else if (account === 'wholesale') this.wholesale.sell(sale);
    else (this.markets.get(account) ?? this.tills.get(account))?.sell(sale);
  }

  private sellOnline(web: WebDesk, sale: SaleLine): void {
    const { id, type } = sale.node.location;
    const name = web.sell(sale);
    // Multi-channel fulfilment: Amazon's warehouse ships the shop's order.
    if (type === 'fba' && !sale.cancelled) this.amazon.get(id)?.shipForShop(sale, name);
  }

  replace(sale: SaleLine): void {
    this.amazon.get(sale.stream.point.account)?.replace(sale);
  }

  endDay(day: number): void {
    for (const desk of this.amazon.values()) desk.endDay(day);
    for (const desk of this.web.values()) desk.flush();
    for (const desk of this.tills.values()) desk.endDay(day);
    for (const desk of this.markets.values()) desk.endDay(day);
    for (const payments of this.payments) payments.endDay(day);
    this.parcels?.endDay(day);
    this.wholesale.endDay();
  }

  /** After the last day. */
  close(): void {
    for (const desk of this.markets.values()) desk.close?.();
    for (const payments of this.payments) payments.close();
  }

  /**
   * The stock that serves a line. Web orders may be picked up in a store, go out from Amazon's
   * warehouse, or ship from a store when the warehouse is empty; all others have one place.
   */
  sourceFor(stream: DemandStream, world: World, wanted: number): Source {
    const home = { node: world.homeOf(stream), handOut: undefined };
    if (stream.point.channel !== 'own_store') return home;
    const u = stream.random.next();
    const { product, point } = stream;
    if (u < orders.mcfShare) {
      const fba = world.find(product, point.market === 'US' ? 'amazon-us' : 'amazon-de');
      const ships = point.market !== 'CA' && fba && fba.onHand >= wanted;
      return ships ? { node: fba, handOut: undefined } : home;
    }
    const picksUp = u > 1 - orders.pickUpShare;
    if (picksUp || home.node.onHand < wanted) {
      const near = stores.filter((store) => store.market === point.market);
      const store = near[Math.floor(u * 7919) % Math.max(1, near.length)];
      const node = store && world.find(product, store.id);
      if (node && node.onHand >= wanted) {
        return { node, handOut: picksUp ? 'pick_up' : 'ship_from_store' };
      }
    }
    return home;
  }

  /** A promotion price: whole coins, for yen whole tens. */
  reduced(shelf: Amount, depth: number, stream: DemandStream): Amount {
    const { currency } = marketFacts[stream.point.market];
    const step = currency === 'JPY' ? coin(currency) * 10 : coin(currency);
    return toCoins(Math.round((shelf * (1 - depth)) / step) * step, currency);
  }
}
