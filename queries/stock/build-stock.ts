import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { packageRoot } from '../../etl/warehouse/package-root.ts';
import type { Bindable, Row } from '../../etl/warehouse/rows.ts';
import {
  coverAlert,
  type CoverAlert,
  moneyLimits,
  orderQuantity,
  type StockPosition
} from './cover-alert.ts';

const reviewDays = 7;
/** Normal quantile of a 95 % cycle service. */
const serviceFactor = 1.645;
const dayMs = 86_400_000;

/** Fills the alert and replenishment tables as of a date. */
export async function buildStock(connection: Connection, asOf: string): Promise<void> {
  const sql = readFileSync(join(packageRoot(), 'queries', 'stock', 'stock_position.sql'), 'utf8');
  const rows = await connection.rows(sql, { as_of: asOf });
  await connection.run('delete from marts.stockout_alert; delete from marts.replenishment_plan');
  const alerts: Record<string, Bindable>[] = [];
  const orders: (Record<string, Bindable> & { gain: number })[] = [];
  const positions = rows.map((row) => positionOf(row, asOf));
  const limits = moneyLimits(positions);
  for (const [index, row] of rows.entries()) {
    const position = positions[index] ?? positionOf(row, asOf);
    const alert = coverAlert(position, limits);
    if (alert === null) continue;
    alerts.push(alertRow(row, { position, alert, asOf }));
    const lot = {
      reviewDays,
      serviceFactor,
      unitsPerCarton: Math.max(1, number(row, 'units_per_carton')),
      moq: number(row, 'moq')
    };
    const order = orderQuantity(position, lot);
    if (order.quantity > 0) orders.push(planRow(row, { position, alert, asOf, order }));
  }
  orders.sort((a, b) => b.gain - a.gain);
  const plan = orders.map(({ gain: _, ...order }, index) => ({ ...order, priority: index + 1 }));
  await insertRows(connection, 'stockout_alert', { shape: alertShape, rows: alerts });
  await insertRows(connection, 'replenishment_plan', { shape: planShape, rows: plan });
}

function positionOf(row: Row, asOf: string): StockPosition {
  const arrival = row['next_arrival'];
  return {
    onHand: number(row, 'on_hand'),
    inbound: number(row, 'inbound'),
    nextArrivalDays: typeof arrival === 'string' ? Math.max(1, daysBetween(asOf, arrival)) : null,
    medianDaily: number(row, 'median_daily'),
    meanDaily: number(row, 'mean_daily'),
    varDaily: number(row, 'var_daily'),
    leadTimeDays: number(row, 'lead_time_days'),
    fastestDays: number(row, 'fastest_days'),
    unitMargin: number(row, 'unit_cm3')
  };
}

interface Finding {
  position: StockPosition;
  alert: CoverAlert;
  asOf: string;
}

function alertRow(row: Row, { position, alert, asOf }: Finding): Record<string, Bindable> {
  return {
    as_of: asOf,
    alert_type: alert.type,
    severity: alert.severity,
    sku: text(row, 'sku'),
    location: text(row, 'location'),
    p_stockout: alert.pStockout,
    stockout_date_p50: alert.daysToStockout === null ? null : addDays(asOf, alert.daysToStockout),
    next_arrival_p50: typeof row['next_arrival'] === 'string' ? row['next_arrival'] : null,
    lost_units: alert.lostUnits,
    lost_margin: alert.lostMargin,
    on_hand: position.onHand,
    daily_demand: position.medianDaily > 0 ? position.medianDaily : position.meanDaily,
    cover_days: alert.coverDays,
    lead_time_days: position.leadTimeDays,
    counted_at: text(row, 'counted_at')
  };
}

function planRow(
  row: Row,
  { position, alert, asOf, order }: Finding & { order: { quantity: number; cartons: number } }
): Record<string, Bindable> & { gain: number } {
  const unitCost = row['unit_cost'];
  const slack = (alert.daysToStockout ?? 0) - position.leadTimeDays;
  return {
    as_of: asOf,
    sku: text(row, 'sku'),
    to_location: text(row, 'location'),
    quantity: order.quantity,
    cartons: order.cartons,
    cost: typeof unitCost === 'number' ? unitCost * order.quantity : null,
    order_by: addDays(asOf, Math.max(0, Math.floor(slack))),
    from_location: text(row, 'source'),
    mode: text(row, 'mode'),
    reason: `cover ${Math.floor(alert.coverDays ?? 0).toFixed(0)} days, lead time ${position.leadTimeDays.toFixed(0)} days`,
    gain: alert.lostMargin
  };
}

const alertShape = `[{"as_of":"DATE","alert_type":"VARCHAR","severity":"VARCHAR","sku":"VARCHAR","location":"VARCHAR",
  "p_stockout":"DOUBLE","stockout_date_p50":"DATE","next_arrival_p50":"DATE","lost_units":"DOUBLE",
  "lost_margin":"DECIMAL(18,4)","on_hand":"DOUBLE","daily_demand":"DOUBLE","cover_days":"DOUBLE",
  "lead_time_days":"DOUBLE","counted_at":"TIMESTAMPTZ"}]`;
const planShape = `[{"as_of":"DATE","priority":"INTEGER","sku":"VARCHAR","from_location":"VARCHAR",
  "to_location":"VARCHAR","mode":"VARCHAR","quantity":"INTEGER","cartons":"INTEGER","cost":"DECIMAL(18,4)",
  "order_by":"DATE","reason":"VARCHAR"}]`;

/** One statement for any number of rows. */
async function insertRows(
  connection: Connection,
  table: string,
  data: { shape: string; rows: object[] }
): Promise<void> {
  await connection.execute(
    `insert into marts.${table} by name
     select unnest(from_json($rows::json, '${data.shape}'), recursive := true)`,
    { rows: JSON.stringify(data.rows) }
  );
}

const number = (row: Row, name: string): number => Number(row[name] ?? 0);
const text = (row: Row, name: string): string => String(row[name] ?? '');

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}
