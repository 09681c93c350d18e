import type { Advertised } from '../amazon-ads.ts';
import { amazonSites } from '../amazon-accounts.ts';
import { niches } from '../catalogue.ts';
import { isoDate, monthOf } from '../days.ts';
import { coinText } from '../money.ts';
import { marketFacts } from '../network.ts';
import type { Seller } from '../seller.ts';
import { csvCell } from './output-files.ts';

const columns =
  'Budget currency,Date range,Advertiser account ID,Advertiser account name,Portfolio ID,Portfolio name,Campaign ID,Campaign name,Ad group ID,Ad group name,Advertised product ID,Advertised product name,Advertised product parent ID,Advertised product brand,Advertised product category,Advertised product subcategory,Advertised product group,Advertised product SKU,Advertised product marketplace,Impressions,Clicks,CTR,Total cost,Purchases,Sales,Units sold,Cost per purchase,Purchase rate,ROAS,Purchases (promoted),Sales (promoted),Units sold (promoted),Cost per purchase (promoted),Purchase rate (promoted),ROAS (promoted),Purchases (halo),Sales (halo),Units sold (halo),Purchases (new to brand),Sales (new to brand),Units sold (new to brand),Cost per purchase (new to brand),Purchase rate (new to brand),ROAS (new to brand),Detail page views,Cost per detail page view,Detail page view rate';
/** Columns after the product: those of halo and new-to-brand sales stay empty. */
const emptyTail = ','.repeat(columns.split(',').length - 29);
const months = 'Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec'.split(',');

/** Unified advertised product reports, one file a month and account; ids are guarded for spreadsheets. */
export class AdvertisedProductsWriter {
  constructor(private readonly seller: Seller) {}

  write(row: Advertised): void {
    const { stream, from, to } = row;
    const { product, point } = stream;
    const { account } = point;
    const { currency } = marketFacts[point.market];
    const name = `inbox/${account}/${account}_advertised-product_${monthOf(to)}.csv`;
    const file = this.seller.folder.current(`ads/${account}`, name, { header: `${columns}\n` });
    const site = amazonSites.find((known) => known.market === point.market)?.site ?? '';
    const facts = niches[product.niche];
    const campaign = `254927000${String(facts.code.charCodeAt(0) * 7919).padStart(6, '0')}`;
    const cells = [
      currency,
      `"${dateText(from)} - ${dateText(to)}"`,
      guarded('amzn1.ads-account.g.northquay'),
      'Northquay',
      '228547000000001',
      'Portfolio 1',
      guarded(campaign),
      `SP - ${facts.category} - auto`,
      guarded(`5546700000${String(product.index).padStart(4, '0')}`),
      product.sku,
      product.asin,
      csvCell(product.name),
      '',
      csvCell(product.brand),
      csvCell(facts.category),
      '',
      '',
      this.seller.channelSku(account, product),
      site.toUpperCase(),
      String(row.impressions),
      String(row.clicks),
      percent(row.clicks / row.impressions),
      coinText(row.cost, currency),
      String(row.orders),
      coinText(row.sales, currency),
      String(row.orders),
      row.orders === 0 ? '' : (row.cost / 10000 / row.orders).toFixed(5),
      percent(row.orders / row.impressions),
      (row.sales / row.cost).toFixed(5)
    ];
    file.write(`${cells.join(',')}${emptyTail}\n`);
  }
}

/** Formula text, so that spreadsheets leave long ids alone. */
function guarded(id: string): string {
  return `"=""${id}"""`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(4)}%`;
}

/** `Jul 06, 2026` */
function dateText(day: number): string {
  const [year = '', month = '', date = ''] = isoDate(day).split('-');
  return `${months[Number(month) - 1] ?? ''} ${date}, ${year}`;
}
