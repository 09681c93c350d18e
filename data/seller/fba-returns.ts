import type { AmazonAccount } from './amazon-accounts.ts';
import type { AmazonLine, AmazonOrder, ReturnPlan } from './amazon-orders.ts';
import type { Seller } from './seller.ts';
import { FbaReturnsWriter } from './writers/amazon-fba-returns.ts';

/** One line on its way back to Amazon's warehouse. */
export interface FbaReturn {
  readonly order: AmazonOrder;
  readonly line: AmazonLine;
  readonly plan: ReturnPlan;
}

/** What customers send back to Amazon: known when the order is made, reported on the day it arrives. */
export class FbaReturns {
  private readonly due = new Map<number, FbaReturn[]>();
  private readonly writer: FbaReturnsWriter;

  constructor(
    private readonly account: AmazonAccount,
    private readonly seller: Seller
  ) {
    this.writer = new FbaReturnsWriter(account, seller.folder);
  }

  /** Full returns of what Amazon shipped; a partial refund leaves the goods with the customer. */
  plan(order: AmazonOrder): void {
    if (order.own) return;
    for (const line of order.lines) {
      const plan = line.returned;
      if (plan === undefined || plan.partial || plan.on > this.seller.last) continue;
      const listed = this.due.get(plan.on) ?? [];
      listed.push({ order, line, plan });
      this.due.set(plan.on, listed);
      if (!plan.sellable) continue;
      const at = { cell: this.seller.cellOfAmazon(this.account), day: plan.on };
      this.seller.landed.comesBack(line.product, line.quantity, at);
    }
  }

  endDay(day: number): void {
    for (const back of this.due.get(day) ?? []) this.writer.write(back);
    this.due.delete(day);
  }
}
