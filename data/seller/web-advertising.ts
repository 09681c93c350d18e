import { isoDate, monthOf, weekdayOf } from './days.ts';
import { cellAt } from './ledger.ts';
import { coinText, toAmount } from './money.ts';
import type { Amount, Currency } from './money.ts';
import { marketFacts } from './network.ts';
import { webAds } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { Seller } from './seller.ts';
import { csvCell } from './writers/output-files.ts';

interface Campaign {
  readonly platform: 'google' | 'meta';
  readonly name: string;
  readonly id: string;
  /** US dollars a day. */
  readonly usd: number;
}

interface Shop {
  readonly account: string;
  readonly market: 'US' | 'DE';
  readonly size: number;
}

const shops: readonly Shop[] = [
  { account: 'shop-us', market: 'US', size: 1 },
  { account: 'shop-eu', market: 'DE', size: 0.5 }
];
const campaigns: readonly Campaign[] = [
  { platform: 'google', name: 'Search - brand', id: '21040001', usd: webAds.searchUsd },
  { platform: 'google', name: 'Shopping, all products', id: '21040002', usd: webAds.shoppingUsd },
  { platform: 'meta', name: 'Sales_Prospecting', id: '6001', usd: webAds.prospectingUsd },
  { platform: 'meta', name: 'Sales_Retargeting', id: '6002', usd: webAds.retargetingUsd }
];

const googleHeader = 'Day,Campaign status,Campaign,Budget,Cost,Impr.,Clicks,Campaign ID';

interface Spent {
  readonly campaign: Campaign;
  readonly cost: Amount;
  readonly impressions: number;
  readonly clicks: number;
}

/** Totals of one file. */
interface Sums {
  cost: Amount;
  impressions: number;
  clicks: number;
}

/** What the web shops pay to Google and Meta, by day and campaign; nobody else's report states it. */
export class WebAdvertising {
  private readonly randoms = new Map<string, RandomStream>();
  private readonly sums = new Map<string, Sums>();

  constructor(private readonly seller: Seller) {}

  endDay(day: number): void {
    for (const shop of shops) {
      for (const campaign of campaigns) this.spend(shop, campaign, day);
    }
  }

  private randomOf(label: string): RandomStream {
    const known = this.randoms.get(label);
    if (known) return known;
    const fresh = new RandomStream(this.seller.seed, label);
    this.randoms.set(label, fresh);
    return fresh;
  }

  private spend(shop: Shop, campaign: Campaign, day: number): void {
    const { priceFactor, currency } = marketFacts[shop.market];
    const random = this.randomOf(`ads/${shop.account}/${campaign.id}`);
    const weekend = weekdayOf(day) > 4 ? 0.8 : 1;
    const usd = campaign.usd * shop.size * weekend * random.lognormal(1, 0.3);
    const cost = toAmount(usd * priceFactor, currency);
    const clicks = Math.max(1, Math.round(usd / 0.9));
    const impressions = clicks * random.integer(30, 90);
    const spent = { campaign, cost, impressions, clicks };
    if (campaign.platform === 'google') this.google(shop, spent, day);
    else this.meta(shop, spent, { day, currency });
    const at = { cell: cellAt(shop.market, 'own_store'), currency, ordered: day, posted: day };
    this.seller.ledger.add(at, 'advertising', -cost);
  }

  /** A title and the period above the header, totals below the rows; thousands have a comma. */
  private google(shop: Shop, spent: Spent, day: number): void {
    const { account, market } = shop;
    const { currency, priceFactor } = marketFacts[market];
    const month = monthOf(day);
    const name = `inbox/${account}/${account}_google-ads_${month}.csv`;
    const sums = this.sumsOf(name);
    const footer = () => {
      const total = `${csvCell(grouped(coinText(sums.cost, currency)))},${csvCell(grouped(String(sums.impressions)))},${csvCell(grouped(String(sums.clicks)))},--`;
      return `Total: Campaigns,--,--,--,${total}\nTotal: Account,--,--,--,${total}\n`;
    };
    const header = `Campaign report\n"${periodText(month)}"\n${googleHeader}\n`;
    const file = this.seller.folder.current(`google-ads/${account}`, name, { header, footer });
    const { campaign, cost, impressions, clicks } = spent;
    sums.cost += cost;
    sums.impressions += impressions;
    sums.clicks += clicks;
    const budget = coinText(toAmount(campaign.usd * priceFactor * 2, currency), currency);
    const counts = [impressions, clicks].map((count) => csvCell(grouped(String(count))));
    file.write(
      `${isoDate(day)},Enabled,${csvCell(campaign.name)},${budget},${csvCell(grouped(coinText(cost, currency)))},${counts.join(',')},${campaign.id}\n`
    );
  }

  private sumsOf(file: string): Sums {
    const known = this.sums.get(file);
    if (known) return known;
    const fresh = { cost: 0, impressions: 0, clicks: 0 };
    this.sums.set(file, fresh);
    return fresh;
  }

  /** Ads Manager: the currency stands in the header; days are rows with one day as their period. */
  private meta(shop: Shop, spent: Spent, on: { day: number; currency: Currency }): void {
    const { account } = shop;
    const { day, currency } = on;
    const name = `inbox/${account}/${account}_meta-ads_${monthOf(day)}.csv`;
    const header = `Reporting starts,Reporting ends,Campaign name,Ad set name,Ad name,Amount spent (${currency}),Impressions,Link clicks,Purchases,Cost per Purchase (${currency}),Frequency\n`;
    const file = this.seller.folder.current(`meta-ads/${account}`, name, { header });
    const { campaign, cost, impressions, clicks } = spent;
    const purchases = Math.floor(clicks / 25);
    const each = purchases === 0 ? '' : (cost / 10000 / purchases).toFixed(2);
    file.write(
      `${isoDate(day)},${isoDate(day)},${campaign.name},Broad,Video 1,${coinText(cost, currency)},${impressions},${clicks},${purchases},${each},1.4\n`
    );
  }
}

function grouped(number: string): string {
  return number.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

const monthNames =
  'January,February,March,April,May,June,July,August,September,October,November,December'.split(
    ','
  );

/** `September 1, 2026 - September 30, 2026` */
function periodText(month: string): string {
  const [year = '', number = ''] = month.split('-');
  const name = monthNames[Number(number) - 1] ?? '';
  const last = new Date(Date.UTC(Number(year), Number(number), 0)).getUTCDate();
  return `${name} 1, ${year} - ${name} ${last}, ${year}`;
}
