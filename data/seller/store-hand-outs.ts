import type { Product } from './catalogue.ts';
import { isoDate } from './days.ts';
import { cellOf } from './ledger.ts';
import { coinText, toAmount } from './money.ts';
import type { Amount, Currency } from './money.ts';
import { stores } from './network.ts';
import { handOuts } from './parameters.ts';
import { RandomStream } from './random.ts';
import type { Seller } from './seller.ts';
import { contractsOf } from './store-contracts.ts';
import type { StoreContract } from './store-contracts.ts';
import type { WebOrder } from './web-orders.ts';

const header =
  'event_id,store,kind,selling_account,order_id,sku,quantity,fulfilled_on,goods_value,freight,currency\n';

/** A line of a web order with its value net of tax and after discounts. */
export interface HandedLine {
  readonly product: Product;
  readonly quantity: number;
  readonly value: Amount;
}

interface StoreEvent {
  readonly store: string;
  readonly kind: 'pick_up' | 'ship_from_store' | 'return';
  readonly order: WebOrder;
  readonly line: HandedLine;
  readonly day: number;
  readonly freight: Amount;
}

/** Web orders of one shop that pass over a store's counter: picked up, sent from there, or brought back. */
export class StoreHandOuts {
  private readonly random: RandomStream;
  private readonly contracts: readonly StoreContract[];

  constructor(
    private readonly shop: { account: string; currency: Currency },
    private readonly seller: Seller
  ) {
    this.random = new RandomStream(seller.seed, `hand-outs/${shop.account}`);
    this.contracts = contractsOf(seller);
  }

  /** An order that was not cancelled, with its lines at net value. */
  take(order: WebOrder, lines: readonly HandedLine[]): void {
    const { random } = this;
    if (order.store !== undefined && order.handOut !== undefined) {
      const day =
        order.day + (order.handOut === 'pick_up' ? random.integer(0, 3) : random.integer(0, 1));
      const paid = order.handOut === 'pick_up' ? 0 : this.freight();
      this.emit({ store: order.store, kind: order.handOut, order, day }, lines, paid);
    }
    const near = stores.filter((store) => store.market === order.point.market);
    const back = order.refunded === order.total && random.chance(handOuts.broughtBack);
    if (near.length === 0 || !back) return;
    const day = order.day + random.integer(4, 24);
    const store = order.store ?? near[random.integer(0, near.length - 1)]?.id ?? '';
    const paid = random.chance(0.15) ? this.freight() : 0;
    this.emit({ store, kind: 'return', order, day }, lines, paid);
  }

  private freight(): Amount {
    return toAmount(this.random.uniform(4.2, 9.8), this.shop.currency);
  }

  /** One row a line; the parcel is paid once, with the first. */
  private emit(
    event: Omit<StoreEvent, 'line' | 'freight'>,
    lines: readonly HandedLine[],
    freight: Amount
  ): void {
    if (event.day > this.seller.last) return;
    for (const [index, line] of lines.entries()) {
      this.write({ ...event, line, freight: index === 0 ? freight : 0 });
    }
  }

  private write(event: StoreEvent): void {
    const { store, kind, order, line, day, freight } = event;
    const { account, currency } = this.shop;
    const name = 'inbox/portolan/portolan-store-fulfilments.csv';
    const file = this.seller.folder.current('store-fulfilments', name, { header });
    const number = String(file.rows + 1).padStart(6, '0');
    const money = `${coinText(line.value, currency)},${coinText(freight, currency)},${currency}`;
    file.write(
      `SF-${number},${store},${kind},${account},${order.name},${line.product.sku},${line.quantity},${isoDate(day)},${money}\n`
    );
    this.book(event);
  }

  private book({ store, kind, order, line, day, freight }: StoreEvent): void {
    const { ledger } = this.seller;
    const { currency } = this.shop;
    const { index: product } = line.product;
    const at = { cell: cellOf(order.point), currency, ordered: day, posted: day, product };
    ledger.add(at, 'last_mile', -freight);
    const contract = this.contracts.find(
      (known) => known.store === store && known.from <= day && (known.to ?? day) >= day
    );
    if (contract === undefined) return;
    const share = (line.value / 100) * contract.percent;
    const fee = kind === 'pick_up' ? contract.pickUpFee : contract.shipFee;
    ledger.add(at, 'store_handling', kind === 'return' ? share : -share - fee);
  }
}
