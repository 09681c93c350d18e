import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';

const american = fixture('amazon-date-range-transactions.csv');

const german = {
  market: 'DE',
  currency: 'EUR',
  time_zone: 'Europe/Berlin',
  tax_inclusive: true,
  date_order: 'dmy'
} as const;
const japanese = { market: 'JP', currency: 'JPY', time_zone: 'Asia/Tokyo', tax_inclusive: true };

const bySteps = `select coalesce(case when unmapped then 'unmapped' else step end, fee_code) as step,
  sum(amount)::varchar as amount from facts.settlement_entry`;

describe('amazon-date-range-transactions', () => {
  const home = new FreshHome([
    account('amazon-us'),
    account('amazon-de', german),
    account('amazon-jp', japanese)
  ]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([american], { account: 'amazon-us' });
  });
  afterAll(() => {
    home.remove();
  });

  const amounts = async (where: string) =>
    Object.fromEntries(
      (await home.rows(`${bySteps} where ${where} group by 1 order by 1`)).map((row) => [
        String(row['step']),
        String(row['amount'])
      ])
    );

  it('finds the header below the preamble, takes each row and announces what it has no name for', () => {
    expect(report).toMatchObject({
      format: 'amazon-date-range-transactions',
      rows_read: 17,
      rows_loaded: 15
    });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      DATE_UNREADABLE: 1,
      AMOUNT_NOT_A_NUMBER: 1,
      TYPE_UNKNOWN: 3
    });
  });

  it('gives each column of each kind of row its step and loses no cent', async () => {
    expect(await amounts(`account = 'amazon-us'`)).toEqual({
      advertising: '-1020.5000',
      balance_movement: '-500.0000',
      discounts: '-8.0000',
      fulfilment: '-15.6000',
      gross_sales: '109.9600',
      item_tax: '4.9500',
      landed_cost: '6.1000',
      marketplace_withheld_tax: '-6.1500',
      overhead: '-39.9900',
      refunds: '-14.9900',
      regulatory_tax: '0.5400',
      return_handling: '-2.6200',
      selling_fees: '-8.7000',
      shipping_income: '10.0000',
      shipping_tax: '0.6600',
      storage: '-12.5000',
      unmapped: '-3.3700'
    });
    const [sum] = await home.rows(
      `select sum(amount)::decimal(18, 2)::varchar as total from facts.settlement_entry`
    );
    expect(report?.money).toEqual({ USD: sum?.['total'] });
  });

  it('counts both of two equal rows', async () => {
    const [row] = await home.rows(
      `select count(*)::integer as n, sum(quantity)::integer as units from facts.settlement_entry
       where order_id = '113-3000001-0000001' and is_sale`
    );
    expect(row).toEqual({ n: 2, units: 4 });
  });

  it('tells the two half past ones of the night the clocks go back by their suffix', async () => {
    const rows = await home.rows(
      `select order_id, epoch(posted_at)::bigint::varchar as at, posted_date::varchar as day
       from facts.settlement_entry where settlement_id = '9100000002' order by posted_at`
    );
    expect(rows.map((row) => row['order_id'])).toEqual([
      '113-3000001-0000004',
      '113-3000001-0000005'
    ]);
    expect(Number(rows[1]?.['at']) - Number(rows[0]?.['at'])).toBe(3600);
    expect(rows.map((row) => row['day'])).toEqual(['2026-11-01', '2026-11-01']);
  });

  it('reads a German file: decimal commas, German kinds, the day in Berlin', async () => {
    const [other] = await home.load([fixture('amazon-date-range-transactions-de.csv')], {
      account: 'amazon-de'
    });
    expect(other).toMatchObject({ rows_loaded: 4, reasons: [], money: { EUR: '-374.05' } });
    expect(await amounts(`account = 'amazon-de'`)).toEqual({
      advertising: '-7.5000',
      balance_movement: '-1200.0000',
      discounts: '-10.0000',
      fulfilment: '-3.9500',
      gross_sales: '1019.9900',
      refunds: '-21.9900',
      selling_fees: '-150.6000'
    });
    const [sale] = await home.rows(
      `select posted_date::varchar as day, currency, market from facts.settlement_entry
       where account = 'amazon-de' and is_sale`
    );
    expect(sale).toEqual({ day: '2026-10-02', currency: 'EUR', market: 'DE' });
  });

  it('reads a Japanese file in Shift-JIS, with thousands in whole yen', async () => {
    const [other] = await home.load([fixture('amazon-date-range-transactions-jp.csv')], {
      account: 'amazon-jp'
    });
    expect(other).toMatchObject({ rows_loaded: 3, reasons: [], money: { JPY: '-12722.00' } });
    expect(await amounts(`account = 'amazon-jp'`)).toEqual({
      advertising: '-5000.0000',
      balance_movement: '-9000.0000',
      discounts: '-300.0000',
      fulfilment: '-318.0000',
      gross_sales: '1818.0000',
      item_tax: '182.0000',
      selling_fees: '-434.0000',
      shipping_income: '300.0000',
      shipping_tax: '30.0000'
    });
    const [sale] = await home.rows(
      `select posted_date::varchar as day, market from facts.settlement_entry where account = 'amazon-jp' and is_sale`
    );
    expect(sale).toEqual({ day: '2026-10-01', market: 'JP' });
  });

  it('changes nothing when the same rows come again, nor when a file overlaps within a day', async () => {
    const [again] = await home.loadAgain([american], { account: 'amazon-us' });
    expect(again).toMatchObject({ rows_loaded: 0, rows_updated: 0, rows_unchanged: 15 });
  });

  it('keeps no buyer’s town or postal code', async () => {
    const rows = await home.rows(
      `select raw from facts.rejected_row where raw like '%SPRINGFIELD%' or raw like '%00000"%'`
    );
    expect(rows).toEqual([]);
  });

  it('is silent for a settlement that the settlement report holds, whichever came first', async () => {
    const path = join(home.path, 'same-settlement.csv');
    writeFileSync(path, readFileSync(american, 'utf8').replaceAll('9100000001', '18170000001'));
    const second = new FreshHome([account('amazon-us')]);
    const v2 = fixture('amazon-settlement-v2.txt');
    await second.load([v2]);
    const before = await second.steps();
    await second.load([path]);
    expect(await second.steps(`scope_id = '18170000001'`)).toEqual(before);
    second.remove();
    const [first] = await home.load([path], { account: 'amazon-us' });
    expect(first).toMatchObject({ rows_loaded: 13, rows_unchanged: 2 });
    const [settled] = await home.load([v2], { account: 'amazon-us' });
    expect(settled).toMatchObject({ rows_loaded: 24, rows_rejected: 0 });
    expect(await home.steps(`scope_id = '18170000001'`)).toEqual(before);
  });
});

/** Header names and one order, one refund and one transfer of every other site, with its own months and marks. */
const sites: {
  site: string;
  zone: string;
  currency: string;
  header: string;
  order: string;
  refund: string;
  transfer: string;
  day: string;
}[] = [
  {
    site: 'amazon.co.uk',
    zone: 'Europe/London',
    currency: 'GBP',
    header:
      'date/time,settlement id,type,order id,sku,description,quantity,marketplace,product sales,postage credits,promotional rebates,selling fees,fba fees,other transaction fees,other,total',
    order: '"1 Oct 2026 00:30:00 GMT+1",1,Order',
    refund: '"2 Oct 2026 10:00:00 GMT+1",1,Refund',
    transfer: '"3 Oct 2026 10:00:00 GMT+1",1,Transfer',
    day: '2026-10-01'
  },
  {
    site: 'amazon.ca',
    zone: 'America/Toronto',
    currency: 'CAD',
    header:
      'date/time,settlement id,type,order id,sku,description,quantity,marketplace,product sales,shipping credits,promotional rebates,selling fees,fba fees,other transaction fees,other,total',
    order: '"Sep 30, 2026 11:30:00 p.m. PDT",1,Order',
    refund: '"Oct 2, 2026 12:10:00 AM PDT",1,Refund',
    transfer: '"Oct 3, 2026 12:10:00 PM PDT",1,Transfer',
    day: '2026-09-30'
  },
  {
    site: 'amazon.fr',
    zone: 'Europe/Paris',
    currency: 'EUR',
    header:
      "date/heure,numéro de versement,type,numéro de la commande,sku,description,quantité,Marketplace,ventes de produits,crédits d'expédition,Rabais promotionnels,frais de vente,Frais Expédié par Amazon,autres frais de transaction,autre,total",
    order: '"1 août 2026 22:30:00 UTC",1,Commande',
    refund: '"2 févr. 2026 10:00:00 UTC",1,Remboursement',
    transfer: '"3 juil. 2026 10:00:00 UTC",1,Transfert',
    day: '2026-08-02'
  },
  {
    site: 'amazon.it',
    zone: 'Europe/Rome',
    currency: 'EUR',
    header:
      'Data/Ora:,Numero pagamento,Tipo,Numero ordine,SKU,Descrizione,Quantità,Marketplace,Vendite,Accrediti per le spedizioni,Sconti promozionali,Commissioni di vendita,Costi del servizio Logistica di Amazon,Altri costi relativi alle transazioni,Altro,totale',
    order: '"1 giu 2026 22.30.00 GMT+00:00",1,Ordine',
    refund: '"2 lug 2026 10.00.00 GMT+00:00",1,Rimborso',
    transfer: '"3 gen 2026 10.00.00 GMT+00:00",1,Trasferimento',
    day: '2026-06-02'
  },
  {
    site: 'amazon.es',
    zone: 'Europe/Madrid',
    currency: 'EUR',
    header:
      'fecha y hora,identificador de pago,tipo,número de pedido,sku,descripción,cantidad,web de Amazon,ventas de productos,abonos de envío,devoluciones promocionales,tarifas de venta,tarifas de Logística de Amazon,tarifas de otras transacciones,otro,total',
    order: '"1 sept 2026 10:30:00 GMT",1,Pedido',
    refund: '"2 ene 2026 10:00:00 GMT",1,Reembolso',
    transfer: '"3 dic 2026 10:00:00 GMT",1,Transferir',
    day: '2026-09-01'
  },
  {
    site: 'amazon.nl',
    zone: 'Europe/Amsterdam',
    currency: 'EUR',
    header:
      'datum/tijd,schikkings-ID,type,bestelnummer,sku,beschrijving,aantal,marketplace,verkoop van producten,Verzendtegoeden,promotiekortingen,verkoopkosten,FBA-vergoedingen,overige transactiekosten,overige,totaal',
    order: '"1 mrt 2026 10:30:00 GMT+00:00",1,Bestelling',
    refund: '"2 mei 2026 10:00:00 GMT+00:00",1,Terugbetaling',
    transfer: '"3 okt 2026 10:00:00 GMT+00:00",1,Overdracht',
    day: '2026-03-01'
  },
  {
    site: 'amazon.com.mx',
    zone: 'America/Mexico_City',
    currency: 'MXN',
    header:
      'fecha/hora,Id. de liquidación,tipo,Id. del pedido,sku,descripción,cantidad,marketplace,ventas de productos,créditos de envío,descuentos promocionales,tarifas de venta,tarifas fba,tarifas de otra transacción,otro,total',
    order: '"1 abr 2026 11:30:00 p. m. PDT",1,Pedido',
    refund: '"2 may 2026 10:00:00 a. m. PDT",1,Reembolso',
    transfer: '"3 ago 2026 10:00:00 a. m. PDT",1,Trasferir',
    day: '2026-04-02'
  },
  {
    site: 'amazon.com.au',
    zone: 'Australia/Sydney',
    currency: 'AUD',
    header:
      'date/time,settlement id,type,order id,sku,description,quantity,marketplace,product sales,postage credits,promotional rebates,selling fees,fba fees,other transaction fees,other,total',
    order: '"1 Nov 2026 10:30:00 PM GMT+11:00",1,Order',
    refund: '"2 Nov 2026 10:00:00 AM GMT+9",1,Refund',
    transfer: '"3 Nov 2026 10:00:00 AM GMT",1,Transfer',
    day: '2026-11-01'
  }
];

describe('amazon-date-range-transactions in other languages', () => {
  const idOf = (site: string): string => site.replaceAll('.', '-');
  const home = new FreshHome(
    sites.map(({ site, zone, currency }) =>
      account(idOf(site), {
        market: null,
        currency,
        time_zone: zone,
        tax_inclusive: true,
        date_order: 'dmy'
      })
    )
  );
  afterAll(() => {
    home.remove();
  });

  it.each(sites)('reads the months, kinds and columns of $site', async (it) => {
    const path = join(home.path, `${it.site}.csv`);
    const isComma = it.currency === 'EUR';
    const money = (cells: string[]) =>
      cells.map((cell) => `"${isComma ? cell.replace('.', ',') : cell}"`).join(',');
    const lines = [
      '"A phrase"',
      '"All amounts in this currency, unless specified"',
      it.header,
      `${it.order},X-1,LAMP-1,Lamp,2,${it.site},${money(['20.50', '3.00', '-1.50', '-3.00', '-4.00', '0', '0', '15.00'])}`,
      `${it.refund},X-2,LAMP-1,Lamp,1,${it.site},${money(['-10.25', '0', '0', '1.50', '0', '0', '0', '-8.75'])}`,
      `${it.transfer},,,To bank,,,${money(['0', '0', '0', '0', '0', '0', '-99.00', '-99.00'])}`
    ];
    writeFileSync(path, `\uFEFF${lines.join('\r\n')}\r\n`);
    const [report] = await home.load([path], { account: idOf(it.site) });
    expect(report).toMatchObject({
      format: 'amazon-date-range-transactions',
      rows_loaded: 3,
      reasons: [],
      money: { [it.currency]: '-92.75' }
    });
    const rows = await home.rows(
      `${bySteps} where account = '${idOf(it.site)}' group by 1 order by 1`
    );
    expect(rows.map(({ step, amount }) => [step, amount])).toEqual([
      ['balance_movement', '-99.0000'],
      ['discounts', '-1.5000'],
      ['fulfilment', '-4.0000'],
      ['gross_sales', '20.5000'],
      ['refunds', '-10.2500'],
      ['selling_fees', '-1.5000'],
      ['shipping_income', '3.0000']
    ]);
    const [sale] = await home.rows(
      `select posted_date::varchar as day from facts.settlement_entry
       where account = '${idOf(it.site)}' and is_sale`
    );
    expect(sale).toEqual({ day: it.day });
  });
});
