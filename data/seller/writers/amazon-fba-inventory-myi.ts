import { isoDate } from '../days.ts';
import { coinText } from '../money.ts';
import { marketFacts } from '../network.ts';
import type { Seller } from '../seller.ts';
import type { StockNode } from '../supply.ts';

const header =
  'sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tmfn-listing-exists\tmfn-fulfillable-quantity\tafn-listing-exists\tafn-warehouse-quantity\tafn-fulfillable-quantity\tafn-unsellable-quantity\tafn-reserved-quantity\tafn-total-quantity\tper-unit-volume\tafn-inbound-working-quantity\tafn-inbound-shipped-quantity\tafn-inbound-receiving-quantity\n';

/**
 * One inventory snapshot of one account; its instant is in the file name only. European stock is one
 * pool and is reported by the German account alone.
 */
export function writeInventory(
  seller: Seller,
  account: string,
  at: { day: number; nodes: readonly StockNode[] }
): void {
  const name = `inbox/${account}/${account}_fba-inventory_${isoDate(at.day)}T12-00-00Z.txt`;
  const i = at.day - seller.first;
  seller.folder.whole(
    name,
    header,
    at.nodes.map((node) => rowText(seller, account, { node, i }))
  );
}

function rowText(seller: Seller, account: string, at: { node: StockNode; i: number }): string {
  const { node, i } = at;
  const { product } = node;
  const stream = node.streams[0];
  const market = stream?.point.market ?? 'US';
  const last = seller.last - seller.first;
  const price = stream
    ? coinText(stream.shelfPrice(Math.min(i, last)), marketFacts[market].currency)
    : '';
  const title = market === 'JP' ? product.nameJa : product.name;
  const unsellable = (product.index + i) % 17 === 0 ? 1 : 0;
  const reserved = Math.min(3, Math.floor(node.onHand / 20));
  // In the last five days before delivery a shipment is being checked in.
  const receiving = inbound(node, (arrives) => arrives - i <= 5);
  const shipped = inbound(node, (arrives) => arrives - i > 5 && arrives - i <= 20);
  const working = inbound(node, (arrives) => arrives - i > 20);
  const warehouse = node.onHand + unsellable + reserved;
  const total = warehouse + receiving + shipped + working;
  const [length, width, height] = product.sizeMm;
  const volume = ((length * width * height) / 28316846.6).toFixed(2);
  return `${seller.channelSku(account, product)}\t${product.fnsku}\t${product.asin}\t${title}\tNew\t${price}\tNo\t\tYes\t${warehouse}\t${node.onHand}\t${unsellable}\t${reserved}\t${total}\t${volume}\t${working}\t${shipped}\t${receiving}\n`;
}

function inbound(node: StockNode, when: (arrives: number) => boolean): number {
  let units = 0;
  for (const delivery of node.open) if (when(delivery.arrives)) units += delivery.quantity;
  return units;
}
