import type { Currency } from './money.ts';

/** Where the seller sells, keeps stock and buys: the fixed map of the sample seller. */
export const markets = ['US', 'CA', 'MX', 'GB', 'DE', 'FR', 'JP', 'SG', 'AE'] as const;
export type Market = (typeof markets)[number];

export interface MarketFacts {
  readonly currency: Currency;
  readonly zone: string;
  readonly taxRate: number;
  readonly inclusive: boolean;
  /** Local price of one US dollar of list price, before rounding to a shelf price. */
  readonly priceFactor: number;
}

// Tax: US and CA are a typical combined sales tax and HST; the others are the standard rates.
export const marketFacts: Record<Market, MarketFacts> = {
  US: {
    currency: 'USD',
    zone: 'America/Los_Angeles',
    taxRate: 0.0825,
    inclusive: false,
    priceFactor: 1
  },
  CA: {
    currency: 'CAD',
    zone: 'America/Los_Angeles',
    taxRate: 0.13,
    inclusive: false,
    priceFactor: 1.4
  },
  MX: {
    currency: 'MXN',
    zone: 'America/Mexico_City',
    taxRate: 0.16,
    inclusive: true,
    priceFactor: 21
  },
  GB: { currency: 'GBP', zone: 'Europe/London', taxRate: 0.2, inclusive: true, priceFactor: 0.92 },
  DE: { currency: 'EUR', zone: 'Europe/Berlin', taxRate: 0.19, inclusive: true, priceFactor: 1.08 },
  FR: { currency: 'EUR', zone: 'Europe/Paris', taxRate: 0.2, inclusive: true, priceFactor: 1.1 },
  JP: { currency: 'JPY', zone: 'Asia/Tokyo', taxRate: 0.1, inclusive: true, priceFactor: 150 },
  SG: {
    currency: 'SGD',
    zone: 'Asia/Singapore',
    taxRate: 0.09,
    inclusive: true,
    priceFactor: 1.45
  },
  AE: { currency: 'AED', zone: 'Asia/Dubai', taxRate: 0.05, inclusive: true, priceFactor: 4 }
};

export type Mode = 'ocean' | 'rail' | 'truck' | 'air' | 'express' | 'transfer';
export type LocationType = 'domestic' | 'bonded' | 'overseas' | 'fba' | 'store';

export interface Location {
  readonly id: string;
  readonly type: LocationType;
  readonly country: string;
  /** Slow and fast lane from the supplier, mean days door to shelf with production of about 8 days. */
  readonly slow: readonly [Mode, number];
  readonly fast: readonly [Mode, number];
  /** Stores are filled from this warehouse instead of by suppliers. */
  readonly from?: string;
}

function location(id: string, type: LocationType, lanes: Omit<Location, 'id' | 'type'>): Location {
  return { id, type, ...lanes };
}

// Lead times: production 8 days + the lane's typical days + FBA check-in about 8 days where it applies.
const warehouses: readonly Location[] = [
  location('amazon-us', 'fba', { country: 'US', slow: ['ocean', 42], fast: ['air', 24] }),
  location('amazon-ca', 'fba', { country: 'CA', slow: ['ocean', 45], fast: ['air', 24] }),
  location('amazon-mx', 'fba', { country: 'MX', slow: ['ocean', 45], fast: ['air', 26] }),
  location('amazon-gb', 'fba', { country: 'GB', slow: ['rail', 42], fast: ['air', 25] }),
  location('amazon-de', 'fba', { country: 'DE', slow: ['rail', 40], fast: ['air', 25] }),
  location('amazon-jp', 'fba', { country: 'JP', slow: ['ocean', 24], fast: ['air', 18] }),
  location('amazon-sg', 'fba', { country: 'SG', slow: ['ocean', 26], fast: ['air', 18] }),
  location('amazon-ae', 'fba', { country: 'AE', slow: ['ocean', 40], fast: ['air', 22] }),
  location('cn-shenzhen', 'domestic', {
    country: 'CN',
    slow: ['truck', 12],
    fast: ['express', 10]
  }),
  location('jp-bonded', 'bonded', { country: 'JP', slow: ['ocean', 18], fast: ['air', 12] }),
  location('sg-bonded', 'bonded', { country: 'SG', slow: ['ocean', 20], fast: ['air', 13] }),
  location('us-overseas', 'overseas', { country: 'US', slow: ['ocean', 36], fast: ['air', 17] }),
  location('gb-overseas', 'overseas', { country: 'GB', slow: ['rail', 38], fast: ['air', 18] }),
  location('de-overseas', 'overseas', { country: 'DE', slow: ['rail', 34], fast: ['truck', 28] })
];

export interface Store {
  readonly id: string;
  readonly name: string;
  readonly market: 'US' | 'DE' | 'JP';
  readonly size: number;
}

export const stores: readonly Store[] = [
  { id: 'us-soho', name: 'SoHo Store', market: 'US', size: 1.5 },
  { id: 'us-brooklyn', name: 'Brooklyn Store', market: 'US', size: 1.2 },
  { id: 'us-boston', name: 'Boston, Newbury St', market: 'US', size: 1 },
  { id: 'us-philadelphia', name: 'Philadelphia Store', market: 'US', size: 0.8 },
  { id: 'us-atlanta', name: 'Atlanta Store', market: 'US', size: 0.7 },
  { id: 'de-berlin', name: 'Berlin Mitte', market: 'DE', size: 1.3 },
  { id: 'de-hamburg', name: 'Hamburg', market: 'DE', size: 1 },
  { id: 'de-muenchen', name: 'München', market: 'DE', size: 1 },
  { id: 'de-koeln', name: 'Köln', market: 'DE', size: 0.8 },
  { id: 'jp-shibuya', name: '渋谷店', market: 'JP', size: 1.3 },
  { id: 'jp-umeda', name: '梅田店', market: 'JP', size: 1 },
  { id: 'jp-fukuoka', name: '福岡天神店', market: 'JP', size: 0.7 }
];

export const storeSource = { US: 'us-overseas', DE: 'de-overseas', JP: 'jp-bonded' } as const;

export const locations: readonly Location[] = [
  ...warehouses,
  ...stores.map((store) =>
    location(store.id, 'store', {
      country: store.market,
      slow: ['transfer', 3],
      fast: ['transfer', 3],
      from: storeSource[store.market]
    })
  )
];

export type Channel =
  'amazon' | 'own_store' | 'retail_store' | 'wholesale' | 'ebay' | 'tiktok_shop';

/** One place a customer can buy: a marketplace site, a shop's country, a store, a wholesaler's country. */
export interface Point {
  readonly id: string;
  readonly channel: Channel;
  readonly account: string;
  readonly market: Market;
  /** Stock that serves it. */
  readonly location: string;
  /** Stock that serves items the seller ships himself. */
  readonly ownLocation?: string;
  /** Size against amazon.com and chance that a SKU is listed. */
  readonly size: number;
  readonly listed: number;
}

function point(id: string, channel: Channel, rest: Omit<Point, 'id' | 'channel'>): Point {
  return { id, channel, ...rest };
}

function amazonPoint(market: Market, size: number, listed: number): Point {
  const id = `amazon-${market.toLowerCase()}`;
  const own = { US: 'us-overseas', GB: 'gb-overseas', DE: 'de-overseas', FR: 'de-overseas' };
  const ownLocation = Object.entries(own).find(([key]) => key === market)?.[1];
  const stock = market === 'FR' ? 'amazon-de' : id; // Pan-European stock is one pool
  const place = { account: id, market, location: stock, size, listed };
  return point(id, 'amazon', ownLocation === undefined ? place : { ...place, ownLocation });
}

export const points: readonly Point[] = [
  amazonPoint('US', 1, 0.92),
  amazonPoint('CA', 0.16, 0.6),
  amazonPoint('MX', 0.1, 0.45),
  amazonPoint('GB', 0.3, 0.6),
  amazonPoint('DE', 0.34, 0.62),
  amazonPoint('FR', 0.2, 0.5),
  amazonPoint('JP', 0.26, 0.5),
  amazonPoint('SG', 0.08, 0.4),
  amazonPoint('AE', 0.09, 0.4),
  point('web-us', 'own_store', {
    account: 'shop-us',
    market: 'US',
    location: 'us-overseas',
    size: 0.3,
    listed: 0.7
  }),
  point('web-ca', 'own_store', {
    account: 'shop-us',
    market: 'CA',
    location: 'us-overseas',
    size: 0.05,
    listed: 0.3
  }),
  point('web-de', 'own_store', {
    account: 'shop-eu',
    market: 'DE',
    location: 'de-overseas',
    size: 0.2,
    listed: 0.5
  }),
  point('web-fr', 'own_store', {
    account: 'shop-eu',
    market: 'FR',
    location: 'de-overseas',
    size: 0.12,
    listed: 0.45
  }),
  point('ebay-us', 'ebay', {
    account: 'ebay-us',
    market: 'US',
    location: 'us-overseas',
    size: 0.12,
    listed: 0.3
  }),
  point('ebay-gb', 'ebay', {
    account: 'ebay-gb',
    market: 'GB',
    location: 'gb-overseas',
    size: 0.08,
    listed: 0.3
  }),
  point('ebay-de', 'ebay', {
    account: 'ebay-de',
    market: 'DE',
    location: 'de-overseas',
    size: 0.1,
    listed: 0.3
  }),
  point('tiktok-us', 'tiktok_shop', {
    account: 'tiktok-us',
    market: 'US',
    location: 'us-overseas',
    size: 0.14,
    listed: 0.25
  }),
  point('tiktok-gb', 'tiktok_shop', {
    account: 'tiktok-gb',
    market: 'GB',
    location: 'gb-overseas',
    size: 0.08,
    listed: 0.25
  }),
  point('tiktok-sg', 'tiktok_shop', {
    account: 'tiktok-sg',
    market: 'SG',
    location: 'sg-bonded',
    size: 0.06,
    listed: 0.25
  }),
  ...stores.map((store) =>
    point(store.id, 'retail_store', {
      account: `pos-${store.market.toLowerCase()}`,
      market: store.market,
      location: store.id,
      size: 0.13 * store.size,
      listed: 0.28
    })
  ),
  point('wholesale-gb', 'wholesale', {
    account: 'wholesale',
    market: 'GB',
    location: 'cn-shenzhen',
    size: 0.012,
    listed: 0.2
  }),
  point('wholesale-fr', 'wholesale', {
    account: 'wholesale',
    market: 'FR',
    location: 'cn-shenzhen',
    size: 0.012,
    listed: 0.2
  })
];
