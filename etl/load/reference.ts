import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../warehouse/connection.ts';
import { packageRoot } from '../warehouse/package-root.ts';
import type { Settings } from '../warehouse/settings.ts';
import { literal } from './sql-text.ts';

export const referenceFolder = (): string => join(packageRoot(), 'data', 'reference');

/** Table, file and the select list that turns the file's text columns into the table's. */
const referenceTables: [table: string, file: string, select: string][] = [
  ['market', 'markets.csv', 'country, name, currency, time_zone, shelf_price_tax'],
  [
    'tax_rate',
    'vat_rates.csv',
    'country, tax, rate_kind, rate::double, valid_from::date, valid_to::date, source, confidence'
  ],
  [
    'duty_rule',
    'duty_rules.csv',
    'jurisdiction, rule, description, threshold::double, threshold_currency, value::double, value_unit, valid_from::date, valid_to::date, source, confidence'
  ],
  [
    'referral_fee',
    'referral_fees.csv',
    'marketplace, country, category, tier_mode, price_from::double, price_to::double, rate::double, min_fee::double, currency, valid_from::date, valid_to::date, source, confidence'
  ],
  [
    'fulfilment_fee',
    'fulfilment_fees.csv',
    'marketplace, country, fee, tier, "from"::double, "to"::double, unit, amount::double, currency, basis, valid_from::date, valid_to::date, source, confidence'
  ],
  [
    'compliance_rule',
    'compliance_rules.csv',
    'market, category, rule, requirement, evidence_needed, valid_from::date, valid_to::date, source, confidence'
  ],
  [
    'lane',
    'lanes.csv',
    'origin, destination, mode, days_min::double, days_typical::double, days_max::double, cost::double, cost_unit, valid_from::date, source, confidence'
  ],
  ['amazon_marketplace', 'amazon_marketplaces.csv', 'sales_channel, market, currency, time_zone']
];

/** Replaces the shipped rules in the facts when the files changed since the last generation. */
export async function loadReference(connection: Connection): Promise<void> {
  const files = [...referenceTables.map(([, file]) => file), 'country_spellings.csv'];
  const hash = createHash('sha256');
  for (const file of files) {
    const path = join(referenceFolder(), file);
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  const version = hash.digest('hex');
  const stored = await connection.value(
    `select value from facts.setting where key = 'reference_sha256'`
  );
  if (stored === version) return;
  for (const [table, file, select] of referenceTables) {
    await connection.run(`delete from facts.${table}`);
    const path = literal(join(referenceFolder(), file));
    await connection.run(
      `insert into facts.${table} select ${select} from read_csv(${path}, header = true, all_varchar = true, quote = '"', escape = '"', delim = ',')`
    );
  }
  await loadCountryNames(connection);
  await connection.run(
    `delete from facts.setting where key = 'reference_sha256';
     insert into facts.setting values ('reference_sha256', ${literal(version)})`
  );
}

/** Every ISO region by its English name, plus the spellings exports use (EIRE, RSA, …). */
async function loadCountryNames(connection: Connection): Promise<void> {
  await connection.run('delete from facts.country_name');
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const values = letters.flatMap((a) =>
    letters.flatMap((b) => {
      const name = isAssigned(a + b) ? names.of(a + b) : undefined;
      return name === undefined
        ? []
        : [
            [name.toLowerCase(), a + b],
            [(a + b).toLowerCase(), a + b]
          ];
    })
  );
  const rows = values.map(
    ([spelling, code]) => `(${literal(spelling ?? '')}, ${literal(code ?? '')})`
  );
  await connection.run(`insert into facts.country_name values ${rows.join(', ')}`);
  const path = literal(join(referenceFolder(), 'country_spellings.csv'));
  await connection.run(
    `insert into facts.country_name
     select lower(spelling), market from read_csv(${path}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')
     where lower(spelling) not in (select spelling from facts.country_name)`
  );
}

/** Codes Intl names that are no country of ISO 3166: groupings, test and withdrawn codes. */
function isAssigned(code: string): boolean {
  return ![
    'EU',
    'EZ',
    'UN',
    'UK',
    'QO',
    'XA',
    'XB',
    'AC',
    'CP',
    'CQ',
    'DG',
    'EA',
    'IC',
    'TA',
    'ZZ',
    'XK',
    'DD',
    'FX',
    'SU',
    'TP',
    'YD',
    'YU',
    'ZR',
    'BU',
    'CS',
    'NT',
    'AN',
    'HV',
    'DY',
    'NH',
    'RH',
    'VD'
  ].includes(code);
}

/** Mirrors the settings into the generation, so that a query needs nothing outside the warehouse. */
export async function writeAccounts(connection: Connection, settings: Settings): Promise<void> {
  // Platforms whose settlements are read; orders of any other count as paid on their day.
  const settling = new Set(['amazon', 'ebay', 'walmart', 'tiktok_shop']);
  await connection.run('delete from facts.channel_account; delete from facts.account_mode');
  for (const { mode, ...account } of settings.accounts) {
    await connection.execute(
      `insert into facts.channel_account values
         ($account, $platform, $channel, $market, $currency, $time_zone, $tax_inclusive, $date_order, $settles)`,
      { ...account, settles: settling.has(account.platform) }
    );
    if (mode === undefined) continue;
    await connection.execute('insert into facts.account_mode values ($account, $mode)', {
      account: account.account,
      mode
    });
  }
  await connection.run(
    `delete from facts.setting where key in ('reporting_currency', 'seller_name', 'cost_method')`
  );
  await connection.execute(
    `insert into facts.setting values
       ('reporting_currency', $currency), ('seller_name', $seller), ('cost_method', $method)`,
    {
      currency: settings.reporting_currency ?? settings.accounts[0]?.currency ?? 'USD',
      seller: settings.seller_name,
      method: settings.cost_method
    }
  );
}
