import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileReport } from '../../etl/load/report.ts';
import { account, fixture, FreshHome, isAccountedFor, reasonsOf } from '../fixtures/fresh-home.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { number, rowsOfCsv, xlsxOf } from '../fixtures/xlsx.ts';

const sales = fixture('mercadolibre-sales.csv');
const text = readFileSync(sales, 'utf8');
const scratch = scratchFolder();
const meli = { platform: 'mercadolibre', channel: 'mercadolibre' };
const argentina = account('argentina', {
  ...meli,
  market: 'AR',
  currency: 'ARS',
  time_zone: 'America/Argentina/Buenos_Aires'
});
const brazil = account('brazil', {
  ...meli,
  market: 'BR',
  currency: 'BRL',
  time_zone: 'America/Manaus'
});

describe('mercadolibre-sales', () => {
  const home = new FreshHome([argentina]);
  let report: FileReport | undefined;
  beforeAll(async () => {
    [report] = await home.load([sales]);
  });
  afterAll(() => {
    home.remove();
  });

  it('takes each sale, though a column name stands twice, and keeps broken rows aside', () => {
    expect(report).toMatchObject({ format: 'mercadolibre-sales', rows_read: 10, rows_loaded: 6 });
    expect(report && isAccountedFor(report)).toBe(true);
    expect(reasonsOf(report)).toEqual({
      ID_MANGLED: 1,
      DATE_UNREADABLE: 1,
      AMOUNT_NOT_A_NUMBER: 1,
      QUANTITY_NOT_A_NUMBER: 1,
      TYPE_UNKNOWN: 1
    });
    expect(report?.money).toEqual({ ARS: '16927.00' });
  });

  it('takes sale and charges apart and keeps tax out', async () => {
    expect(await home.steps(`order_id = '2100000000001'`)).toEqual({
      discounts: '-40.0000',
      gross_sales: '12100.0000',
      last_mile: '-350.0000',
      selling_fees: '-1410.0000',
      shipping_income: '600.0000'
    });
    const [tax] = await home.rows(
      `select step, amount::varchar as amount from facts.settlement_entry
       where order_id = '2100000000001' and fee_code = 'taxes'`
    );
    expect(tax).toEqual({ step: null, amount: '-121.0000' });
  });

  it('gives back what was refunded and leaves a cancelled sale its rest', async () => {
    expect(await home.steps(`order_id = '2100000000002'`)).toEqual({
      gross_sales: '6050.0000',
      refunds: '-1000.0000',
      selling_fees: '-605.0000'
    });
    expect(await home.steps(`order_id = '2100000000003'`)).toEqual({});
    expect(await home.steps(`order_id = '2100000000004'`)).toEqual({ refunds: '-90.0000' });
  });

  it('reads days in words and as a spreadsheet’s count, and shows what the total does not explain', async () => {
    expect(await home.steps(`order_id = '2100000000005'`)).toEqual({
      gross_sales: '1000.0000',
      selling_fees: '-100.0000',
      unmapped: '-7.0000'
    });
    const rows = await home.rows(
      `select order_id[-1:] as id, sku, order_date::varchar as day, timezone('UTC', ordered_at)::varchar as utc
       from facts.order_line where order_id[-1:] in ('5', '6') order by order_id`
    );
    expect(rows).toEqual([
      { id: '5', sku: 'MLA1000002', day: '2026-03-03', utc: '2026-03-04 02:50:00' },
      { id: '6', sku: 'MUG-BLUE', day: '2026-03-03', utc: '2026-03-03 15:00:00' }
    ]);
  });

  it('stores nothing about the buyer', async () => {
    const columns = await home.rows('select unnest(unknown_columns) as title from facts.load_file');
    expect(columns).toEqual([]);
    const raw = await home.rows(
      `select raw from facts.rejected_row where raw like '%Muestra%' or raw like '%Salta%'`
    );
    expect(raw).toEqual([]);
  });

  it('changes nothing when it comes again, as text or as the sheet below its title', async () => {
    const before = await home.steps();
    const rows = [['Informe de ventas'], ['Generado por Mercado Libre'], ...rowsOfCsv(text)];
    const again = await home.loadAgain([sales]);
    const file = scratch.write('ventas.xlsx', xlsxOf([{ name: 'Ventas AR', rows }]));
    again.push(...(await home.load([file])));
    expect(again).toHaveLength(2);
    for (const line of again) expect(line).toMatchObject({ rows_loaded: 0, rows_unchanged: 6 });
    expect(await home.steps()).toEqual(before);
  });

  it('lets a later file cancel a sale', async () => {
    const later = text
      .replace(
        'En camino,1,6050,-605,0,0,0,0,0,-1000,4445',
        'Cancelada,1,6050,-605,0,0,0,0,0,-5445,0'
      )
      .split('\n')
      .slice(0, 4)
      .join('\n');
    const [line] = await home.load([scratch.write('20260401_Ventas.csv', later)]);
    expect(line).toMatchObject({ rows_rejected: 0, rows_updated: 1 });
    expect(await home.steps(`order_id = '2100000000002'`)).toEqual({});
  });
});

it('takes the tax out of a refund where prices hold it', async () => {
  const home = new FreshHome([{ ...argentina, market: 'TH', tax_inclusive: true }]);
  const lines = text
    .replace(',-605,0,0,0,0,0,-1000,4445', ',-605,0,0,0,0,0,-1070,4375')
    .split('\n');
  await home.load([scratch.write('taxed.csv', [lines[0], lines[2]].join('\n'))]);
  expect(await home.steps()).toEqual({
    gross_sales: '5654.2056',
    refunds: '-1000.0000',
    selling_fees: '-605.0000'
  });
  home.remove();
});

it('reads the Brazilian report: groups above the header, packages, day counts and costs by measure', async () => {
  const home = new FreshHome([argentina, brazil]);
  const header = [
    'N.º de venda',
    'Data da venda',
    'Estado',
    'Unidades',
    'Receita por produtos (BRL)',
    'Receita por acréscimo no preço (pago pelo comprador)',
    'Taxa de parcelamento equivalente ao acréscimo',
    'Tarifa de venda e impostos (BRL)',
    'Receita por envio (BRL)',
    'Tarifas de envio (BRL)',
    'Custo de envio com base nas medidas e peso declarados',
    'Cancelamentos e reembolsos (BRL)',
    'Total (BRL)',
    'SKU',
    '# de anúncio',
    'Estado',
    'Unidades'
  ];
  const amounts = (...values: string[]) => values.map((value) => number(value));
  const sold = '3 de junho de 2026 23:30 hs.';
  const rows = [
    ['Vendas'],
    ['Relatório'],
    [],
    [],
    ['Vendas', '', '', '', 'Dinheiro'],
    header,
    [
      '2200000000001',
      sold,
      'Pacote de 2 produtos',
      '',
      ...amounts('150', '0', '0', '-18', '12', '-20', '-5', '0', '124'),
      '',
      '',
      'AM'
    ],
    [
      '2200000000002',
      sold,
      'Venda entregue',
      ...amounts('1', '100', '0', '0', '-12', '0', '0', '0', '0', '88'),
      'LAMP-RED',
      'MLB1',
      'AM',
      '0'
    ],
    [
      '2200000000003',
      sold,
      'Venda entregue',
      ...amounts('2', '50', '0', '0', '-6', '0', '0', '0', '0', '44'),
      'MUG-BLUE',
      'MLB2',
      'AM',
      '1'
    ],
    [
      '2200000000004',
      number('46176.25'),
      'A caminho',
      ...amounts('1', '100', '5', '-5', '-12', '10', '-15', '-7', '0', '76'),
      'LAMP-RED',
      'MLB1',
      'AM',
      '0'
    ]
  ];
  const book = xlsxOf([
    { name: 'Vendas BR', rows },
    { name: 'Ajuda', rows: [['?', '!']] }
  ]);
  const file = scratch.write('20260605_Vendas_BR.xlsx', book);
  const [report] = await home.load([file], { account: 'brazil' });
  expect(report).toMatchObject({ rows_loaded: 4, reasons: [], money: { BRL: '208.00' } });
  expect(await home.steps()).toEqual({
    gross_sales: '255.0000',
    last_mile: '-42.0000',
    payment_fees: '-5.0000',
    selling_fees: '-30.0000',
    shipping_income: '22.0000'
  });
  const days = await home.rows(
    `select distinct order_date::varchar as day, timezone('UTC', ordered_at)::varchar as utc from facts.order_line order by utc desc`
  );
  expect(days).toEqual([
    { day: '2026-06-03', utc: '2026-06-04 03:30:00' },
    { day: '2026-06-03', utc: '2026-06-03 10:00:00' }
  ]);
  home.remove();
});
