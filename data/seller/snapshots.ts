import { dayOfMonth, isoDate } from './days.ts';
import type { Seller } from './seller.ts';
import type { StockNode } from './supply.ts';
import type { World } from './world.ts';
import { writeInventory } from './writers/amazon-fba-inventory-myi.ts';
import { writeStockCount } from './writers/portolan-templates.ts';
import type { OutputFile } from './writers/output-files.ts';

const amazonWeekly = 26 * 7;
const countedWeekly = 52 * 7;

/**
 * Stock reports taken on mornings, the last one on the morning after the last day: Amazon's weekly for
 * half a year, counts of all other places weekly for a year, both monthly before.
 */
export class Snapshots {
  private readonly truth: OutputFile;

  constructor(
    private readonly seller: Seller,
    private readonly world: World
  ) {
    this.truth = seller.folder.create('truth/stock_snapshot.csv');
    this.truth.head('day,location,sku,on_hand\n');
  }

  morning(day: number): void {
    if (day === this.seller.first) return;
    const age = this.seller.last + 1 - day;
    const due = (weeklyFor: number) => (age <= weeklyFor ? age % 7 === 0 : dayOfMonth(day) === 1);
    if (due(countedWeekly)) {
      const counted = this.at((node) => node.location.type !== 'fba', day);
      writeStockCount(this.seller, day, counted);
    }
    if (due(amazonWeekly)) this.amazon(day);
  }

  private amazon(day: number): void {
    for (const account of this.seller.parts.accounts) {
      const nodes = this.at((node) => node.location.id === account.id, day);
      if (nodes.length > 0) writeInventory(this.seller, account.id, { day, nodes });
    }
  }

  /** The reported nodes: products on sale, or gone but still in stock. */
  private at(wanted: (node: StockNode) => boolean, day: number): StockNode[] {
    const i = day - this.seller.first;
    const nodes = this.world.nodes.filter((node) => {
      const live = i >= node.product.launch && (i < node.product.end || node.onHand > 0);
      return live && wanted(node);
    });
    const date = isoDate(day);
    for (const node of nodes) {
      this.truth.write(`${date},${node.location.id},${node.product.sku},${node.onHand}\n`);
    }
    return nodes;
  }

  close(): void {
    this.truth.close();
  }
}
