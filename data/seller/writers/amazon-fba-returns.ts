import type { AmazonAccount } from '../amazon-accounts.ts';
import { clock, isoDate, monthOf } from '../days.ts';
import type { FbaReturn } from '../fba-returns.ts';
import type { Market } from '../network.ts';
import type { OutputFolder } from './output-files.ts';

const header =
  'return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\tdetailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments\n';

const centres: Record<Market, readonly [string, string]> = {
  US: ['ABE8', 'LEX1'],
  CA: ['YYZ4', 'YVR3'],
  MX: ['MEX1', 'MEX2'],
  GB: ['LTN4', 'EUK5'],
  DE: ['LEJ1', 'DTM2'],
  FR: ['ORY1', 'LYS1'],
  JP: ['NRT1', 'KIX2'],
  SG: ['SIN2', 'SIN3'],
  AE: ['DXB3', 'AUH1']
};

/** Returns reports of one account, one file a month; every unit has a row and a licence plate of its own. */
export class FbaReturnsWriter {
  private plates = 0;

  constructor(
    private readonly account: AmazonAccount,
    private readonly folder: OutputFolder
  ) {}

  write({ order, line, plan }: FbaReturn): void {
    const { id, market, index } = this.account;
    const name = `inbox/${id}/${id}_fba-returns_${monthOf(plan.on)}.txt`;
    const file = this.folder.current(`returns/${id}`, name, { header });
    // Between 09:00 and 14:00 UTC: the same date in every market.
    const at = `${isoDate(plan.on)}T${clock(32400 + ((order.second * 7 + plan.on) % 18000))}+00:00`;
    const title = market === 'JP' ? line.product.nameJa : line.product.name;
    const centre = centres[market][order.second % 2];
    const { asin, fnsku } = line.product;
    const condition = plan.sellable
      ? 'SELLABLE'
      : plan.reason === 'DEFECTIVE'
        ? 'DEFECTIVE'
        : 'CUSTOMER_DAMAGED';
    const reason = plan.reason === 'CUSTOMER_UNWANTED' ? 'UNWANTED_ITEM' : plan.reason;
    for (let unit = 0; unit < line.quantity; unit++) {
      const plate = `LPN${'ABCDEFGHJ'[index]}R${String(++this.plates).padStart(10, '0')}`;
      file.write(
        `${at}\t${order.id}\t${line.sku}\t${asin}\t${fnsku}\t${title}\t1\t${centre}\t${condition}\t${reason}\tUnit returned to inventory\t${plate}\t\n`
      );
    }
  }
}
