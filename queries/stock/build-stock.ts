import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { packageRoot } from '../../etl/warehouse/package-root.ts';
import type { Bindable, Row } from '../../etl/warehouse/rows.ts';
import { coverAlert, type CoverAlert, orderQuantity, type StockPosition } from './cover-alert.ts';

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
  for (const row of rows) {
    const position = positionOf(row, asOf);
    const alert = coverAlert(position);
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
  await insertAlerts(connection, alerts);
  orders.sort((a, b) => b.gain - a.gain);
  await insertPlan(connection, orders);
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
    stockout_date: alert.daysToStockout === null ? null : addDays(asOf, alert.daysToStockout),
    next_arrival: typeof row['next_arrival'] === 'string' ? row['next_arrival'] : null,
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
    cover: alert.coverDays,
    lead: position.leadTimeDays,
    gain: alert.lostMargin
  };
}

async function insertAlerts(
  connection: Connection,
  rows: Record<string, Bindable>[]
): Promise<void> {
  for (const row of rows) {
    await connection.execute(
      `insert into marts.stockout_alert values ($as_of::date, $alert_type, $severity, $sku, $location,
         $p_stockout, $stockout_date::date, $next_arrival::date, $lost_units, $lost_margin, $on_hand,
         $daily_demand, $cover_days, $lead_time_days, $counted_at::timestamptz)`,
      row
    );
  }
}

async function insertPlan(connection: Connection, rows: Record<string, Bindable>[]): Promise<void> {
  for (const [index, row] of rows.entries()) {
    await connection.execute(
      `insert into marts.replenishment_plan values ($as_of::date, $priority::integer, $sku, 'CN', $to_location, 'ocean',
         $quantity::integer, $cartons::integer, $cost, $order_by::date,
         printf('cover %.0f days, lead time %.0f days', $cover::double, $lead::double))`,
      { ...row, priority: index + 1 }
    );
  }
}

const number = (row: Row, name: string): number => Number(row[name] ?? 0);
const text = (row: Row, name: string): string => String(row[name] ?? '');

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}
