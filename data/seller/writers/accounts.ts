import type { AmazonAccount } from '../amazon-accounts.ts';
import { marketFacts } from '../network.ts';
import type { OutputFolder } from './output-files.ts';

const header = 'account,platform,channel,market,currency,time_zone,tax_inclusive,date_order\n';

const others = [
  'shop-us,shopify,own_store,US,USD,America/New_York,no,ymd',
  'shop-eu,shopify,own_store,DE,EUR,Europe/Berlin,yes,ymd',
  'pos-us,square,retail_store,US,USD,America/New_York,no,ymd',
  'pos-de,generic-pos,retail_store,DE,EUR,Europe/Berlin,yes,ymd',
  'pos-jp,shopify,retail_store,JP,JPY,Asia/Tokyo,yes,ymd',
  'ebay-us,ebay,ebay,US,USD,America/Los_Angeles,no,mdy',
  'ebay-gb,ebay,ebay,GB,GBP,Europe/London,no,dmy',
  'ebay-de,ebay,ebay,DE,EUR,Europe/Berlin,no,dmy',
  'tiktok-us,tiktok_shop,tiktok_shop,US,USD,America/Los_Angeles,no,mdy',
  'tiktok-gb,tiktok_shop,tiktok_shop,GB,GBP,Europe/London,no,dmy',
  'tiktok-sg,tiktok_shop,tiktok_shop,SG,SGD,Asia/Singapore,no,dmy',
  'wholesale,portolan,wholesale,GB,EUR,Europe/Berlin,no,ymd',
  'ups,ups,,US,USD,America/New_York,no,ymd',
  'portolan,portolan,,,USD,UTC,no,ymd',
  'ecb,ecb,,,EUR,UTC,no,ymd'
];

/** The accounts; amazon-us comes first, so its currency is the reporting currency. */
export function writeAccounts(folder: OutputFolder, accounts: readonly AmazonAccount[]): void {
  const rows = accounts.map(({ id, market, currency, inclusive, decimalComma }) => {
    const order = decimalComma ? 'dmy' : 'ymd';
    return `${id},amazon,amazon,${market},${currency},${marketFacts[market].zone},${inclusive ? 'yes' : 'no'},${order}`;
  });
  folder.whole(
    'accounts.csv',
    header,
    [...rows, ...others].map((row) => `${row}\n`)
  );
}
