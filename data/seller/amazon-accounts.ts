import { zoneOffsets } from './days.ts';
import type { Currency } from './money.ts';
import { marketFacts } from './network.ts';
import type { Market } from './network.ts';
import { SettlementCalendar } from './settlement-calendar.ts';

/** One Amazon seller account, one marketplace. */
export interface AmazonAccount {
  readonly id: string;
  readonly index: number;
  readonly market: Market;
  readonly site: string;
  readonly currency: Currency;
  readonly inclusive: boolean;
  readonly taxRate: number;
  readonly idPrefix: string;
  readonly cities: readonly [string, ...string[]];
  readonly firstDay: number;
  readonly offsets: Int32Array;
  readonly settlements: SettlementCalendar;
  /** German and French settlement files print decimal commas and day-first dates. */
  readonly decimalComma: boolean;
}

interface Site {
  readonly market: Market;
  readonly site: string;
  readonly idPrefix: string;
  /** city, state, postal code and country, tab-separated as in the report. */
  readonly cities: readonly [string, ...string[]];
}

export const amazonSites: readonly Site[] = [
  {
    market: 'US',
    site: 'Amazon.com',
    idPrefix: '111',
    cities: [
      'AUSTIN\tTX\t78701\tUS',
      'Seattle\tWA\t98101\tUS',
      'BROOKLYN\tNY\t11201\tUS',
      'Denver\tCO\t80014\tUS',
      'MIAMI\tFL\t33101\tUS'
    ]
  },
  {
    market: 'CA',
    site: 'Amazon.ca',
    idPrefix: '701',
    cities: ['Toronto\tON\tM5H 2N2\tCA', 'Montréal\tQC\tH2Y 1C6\tCA', 'Vancouver\tBC\tV6B 1A1\tCA']
  },
  {
    market: 'MX',
    site: 'Amazon.com.mx',
    idPrefix: '702',
    cities: ['Ciudad de México\tCDMX\t06000\tMX', 'Monterrey\tNuevo León\t64000\tMX']
  },
  {
    market: 'GB',
    site: 'Amazon.co.uk',
    idPrefix: '204',
    cities: ['London\t\tSW1A 1AA\tGB', 'Leeds\tWest Yorkshire\tLS1 4AP\tGB']
  },
  {
    market: 'DE',
    site: 'Amazon.de',
    idPrefix: '304',
    cities: ['Berlin\t\t10115\tDE', 'MÜNCHEN\t\t80331\tDE', 'Köln\t\t50667\tDE']
  },
  {
    market: 'FR',
    site: 'Amazon.fr',
    idPrefix: '403',
    cities: ['Paris\t\t75001\tFR', 'Saint-Étienne\t\t42000\tFR']
  },
  {
    market: 'JP',
    site: 'Amazon.co.jp',
    idPrefix: '503',
    cities: ['渋谷区\t東京都\t150-0002\tJP', '大阪市北区\t大阪府\t530-0001\tJP']
  },
  { market: 'SG', site: 'Amazon.sg', idPrefix: '513', cities: ['Singapore\t\t018956\tSG'] },
  {
    market: 'AE',
    site: 'Amazon.ae',
    idPrefix: '407',
    cities: ['Dubai\tDubai\t\tAE', 'Abu Dhabi\tAbu Dhabi\t\tAE']
  }
];

export function makeAmazonAccounts(span: {
  first: number;
  last: number;
  from: number;
}): AmazonAccount[] {
  return amazonSites.map((site, index) => {
    const { currency, inclusive, taxRate, zone } = marketFacts[site.market];
    return {
      ...site,
      id: `amazon-${site.market.toLowerCase()}`,
      index,
      currency,
      inclusive,
      taxRate,
      firstDay: span.first,
      offsets: zoneOffsets(zone, span.first, span.last),
      settlements: new SettlementCalendar(index, span),
      decimalComma: site.market === 'DE' || site.market === 'FR'
    };
  });
}
