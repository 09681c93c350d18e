import { isoDate, monthOf } from '../days.ts';
import type { DemandStream } from '../demand.ts';
import { exactText } from '../money.ts';
import type { Amount } from '../money.ts';
import { marketFacts } from '../network.ts';
import type { SaleLine, Seller } from '../seller.ts';
import type { Witness } from '../simulate.ts';
import type { StockNode } from '../supply.ts';
import type { World } from '../world.ts';
import type { OutputFile } from '../writers/output-files.ts';

interface ChannelMonth {
  units: number;
  lost: number;
  sales: Amount;
}

/**
 * What no export file shows: demand with the units lost, stock at the end of every day, returns by
 * reason, and the volume of all channels.
 */
export class DailyTruth implements Witness {
  private readonly demandFile: OutputFile;
  private readonly stockFile: OutputFile;
  private readonly returnFile: OutputFile;
  private readonly channels = new Map<string, ChannelMonth>();

  constructor(
    private readonly seller: Seller,
    private readonly world: World
  ) {
    const open = (name: string, header: string) => {
      const file = seller.folder.create(`truth/${name}.csv.gz`, 'gzip');
      file.head(`${header}\n`);
      return file;
    };
    const point = 'sku,location,market,channel,point,day';
    this.demandFile = open('demand_daily', `${point},demand,sold,lost`);
    this.stockFile = open('stock_daily', 'sku,location,day,on_hand');
    this.returnFile = open('returns', 'sku,location,market,channel,day,quantity,reason,sellable');
  }

  demand(
    stream: DemandStream,
    day: number,
    units: { demand: number; sold: number; lost: number }
  ): void {
    const { product, point } = stream;
    const place = this.world.homeOf(stream).location.id;
    this.demandFile.write(
      `${product.sku},${place},${point.market},${point.channel},${point.id},${isoDate(day)},${units.demand},${units.sold},${units.lost}\n`
    );
    const key = `${point.market},${point.channel},${monthOf(day)},${marketFacts[point.market].currency}`;
    const known = this.channels.get(key) ?? { units: 0, lost: 0, sales: 0 };
    known.units += units.sold;
    known.lost += units.lost;
    known.sales += units.sold * stream.shelfPrice(day - this.seller.first);
    this.channels.set(key, known);
  }

  stock(node: StockNode, day: number): void {
    const { product, location } = node;
    this.stockFile.write(`${product.sku},${location.id},${isoDate(day)},${node.onHand}\n`);
  }

  returned(sale: SaleLine, back: { on: number; reason: string; sellable: boolean }): void {
    if (back.on > this.seller.last) return;
    const { product, point } = sale.stream;
    const sellable = back.sellable ? 'yes' : 'no';
    this.returnFile.write(
      `${product.sku},${sale.node.location.id},${point.market},${point.channel},${isoDate(back.on)},${sale.quantity},${back.reason},${sellable}\n`
    );
  }

  close(): void {
    this.demandFile.close();
    this.stockFile.close();
    this.returnFile.close();
    const rows = [...this.channels].map(
      ([key, { units, lost, sales }]) => `${key},${units},${lost},${exactText(sales)}\n`
    );
    const header = 'market,channel,month,currency,units,lost_units,sales_at_shelf_price\n';
    this.seller.folder.whole('truth/all_channels_month.csv', header, rows.sort());
  }
}
