import { niches } from '../catalogue.ts';
import type { Product } from '../catalogue.ts';
import { isoDate, monthOf } from '../days.ts';
import { coinText, exactText } from '../money.ts';
import type { Location } from '../network.ts';
import type { Seller } from '../seller.ts';
import type { PurchaseOrder, StockNode } from '../supply.ts';
import type { World } from '../world.ts';
import { csvCell } from './output-files.ts';

const productHeader =
  'sku,name,category,brand,hs_code,origin,weight_g,length_mm,width_mm,height_mm,units_per_carton,supplier,moq,lead_time_days\n';
const listingHeader = 'sku,account,channel_sku,external_id,valid_from,valid_to\n';
const lotHeader =
  'sku,received_on,quantity,unit_cost,freight,duty,other,currency,lot_ref,known_at\n';
const countHeader = 'location,location_type,country,sku,counted_at,on_hand,inbound,inbound_eta\n';
const purchaseHeader =
  'po_ref,sku,supplier,origin,destination,mode,ordered_on,expected_on,received_on,quantity,quantity_received,currency,unit_cost\n';

export function writeProducts(seller: Seller, products: readonly Product[]): void {
  const rows = products.map((product) => {
    const { sku, name, niche, brand, hsCode, weightG, sizeMm, unitsPerCarton, supplier, moq } =
      product;
    const lead = product.productionDays + 30;
    return `${sku},${csvCell(name)},${niches[niche].category},${csvCell(brand)},${hsCode},CN,${weightG},${sizeMm.join(',')},${unitsPerCarton},${supplier},${moq},${lead}\n`;
  });
  seller.folder.whole('inbox/portolan/portolan-products.csv', productHeader, rows);
}

/** Which SKU each account sells under which name. */
export function writeListings(seller: Seller, world: World): void {
  const rows = new Set<string>();
  for (const { product, point } of world.streams) {
    const asin = point.channel === 'amazon' ? product.asin : '';
    const from = product.launch > 0 ? isoDate(seller.first + product.launch) : '';
    rows.add(
      `${product.sku},${point.account},${seller.channelSku(point.account, product)},${asin},${from},\n`
    );
  }
  seller.folder.whole('inbox/portolan/portolan-listings.csv', listingHeader, [...rows]);
}

export function writeCostLots(seller: Seller): void {
  const rows = seller.costs.lots.map((lot) => {
    const parts = [lot.unitCost, lot.freight, lot.duty, lot.other].map(exactText).join(',');
    const date = isoDate(lot.receivedOn);
    return `${lot.product.sku},${date},${lot.quantity},${parts},${lot.currency},${lot.reference},${date}\n`;
  });
  seller.folder.whole('inbox/portolan/portolan-cost-lots.csv', lotHeader, rows);
}

/** Counted stock of every place that is not Amazon's, at noon UTC; one file a month. */
export function writeStockCount(seller: Seller, day: number, nodes: readonly StockNode[]): void {
  const name = `inbox/portolan/stock-count_${monthOf(day)}.csv`;
  const file = seller.folder.current('stock-count', name, { header: countHeader });
  for (const node of nodes) file.write(countRow(node.location, node, { day, first: seller.first }));
}

function countRow(place: Location, node: StockNode, at: { day: number; first: number }): string {
  const next = node.open.reduce((day, delivery) => Math.min(day, delivery.arrives), Infinity);
  const inbound = node.open.reduce((sum, delivery) => sum + delivery.quantity, 0);
  // What the seller expects, not what will happen: the planned day, or tomorrow when that has passed.
  const planned = node.open.find((delivery) => delivery.arrives === next)?.order?.expectedOn;
  const eta = planned === undefined ? '' : isoDate(Math.max(at.first + planned, at.day + 1));
  return `${place.id},${place.type},${place.country},${node.product.sku},${isoDate(at.day)}T12:00:00Z,${node.onHand},${inbound},${eta}\n`;
}

/** Purchase orders by delivered part; a part not yet here has no date and no quantity received. */
export function writePurchases(seller: Seller, purchases: readonly PurchaseOrder[]): void {
  const rows: string[] = [];
  for (const order of purchases) {
    order.parts.forEach((part, index) => rows.push(purchaseRow(seller, order, { part, index })));
  }
  seller.folder.whole('inbox/portolan/portolan-purchase-orders.csv', purchaseHeader, rows);
}

function purchaseRow(
  seller: Seller,
  order: PurchaseOrder,
  at: { part: { on: number; quantity: number }; index: number }
): string {
  const { product, location } = order.node;
  const { part, index } = at;
  const day = (i: number) => isoDate(seller.first + i);
  const here = seller.first + part.on <= seller.last;
  const reference = index === 0 ? order.reference : `${order.reference}-${index + 1}`;
  // The first row carries what was ordered less what later rows carry, so quantities add up.
  const later =
    index === 0 ? order.parts.slice(1).reduce((sum, next) => sum + next.quantity, 0) : 0;
  const ordered = index === 0 ? order.quantity - later : part.quantity;
  const received = here ? `${day(part.on)},${ordered},${part.quantity}` : `,${ordered},0`;
  return `${reference},${product.sku},${product.supplier},CN,${location.id},${order.mode},${day(order.orderedOn)},${day(order.expectedOn)},${received},${product.costCurrency},${coinText(order.unitCost, product.costCurrency)}\n`;
}
