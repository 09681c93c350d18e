import type { Row } from '../api/questions.ts';
import { addDecimals, compareDecimals } from '../format/decimal.ts';
import { addDays, daysBetween } from '../format/dates.ts';
import type { Words } from '../format/words.ts';

export type Alert = Row<'stockout_alerts'>;
export type PlanRow = Row<'replenishment_plan'>;

export function alertKey(alert: Alert): string {
  return `${alert.sku}@${alert.location}`;
}

/** By money lost before the earliest fix, most first. */
export function byMoney(alerts: readonly Alert[]): readonly Alert[] {
  return [...alerts].sort((left, right) =>
    compareDecimals(right.lost_margin ?? '0', left.lost_margin ?? '0')
  );
}

export function atRisk(alerts: readonly Alert[]): string {
  return addDecimals(alerts.map((alert) => alert.lost_margin));
}

export function kindsOf(alerts: readonly Alert[]): readonly { kind: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const alert of alerts) counts.set(alert.alert_type, (counts.get(alert.alert_type) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count }));
}

/** Days without stock before the next arrival; nothing when no arrival is known. */
export function daysOut(alert: Alert): number | undefined {
  if (alert.stockout_date_p50 === null || alert.next_arrival_p50 === null) return undefined;
  const days = daysBetween(alert.stockout_date_p50, alert.next_arrival_p50);
  return days > 0 ? days : undefined;
}

export function isOut(alert: Alert): boolean {
  return alert.on_hand !== null && alert.on_hand <= 0;
}

/** Latest day an order placed now still lands before the stock is gone. */
export function orderBy(alert: Alert): string | undefined {
  if (alert.stockout_date_p50 === null || alert.lead_time_days === null) return undefined;
  return addDays(alert.stockout_date_p50, -Math.round(alert.lead_time_days));
}

/** What happens and when, in one sentence. */
export function alertSentence(alert: Alert, words: Words): string {
  const lost = words.money(alert.lost_margin ?? '0');
  if (isOut(alert)) return words.t('alert_out', { lost });
  if (alert.stockout_date_p50 === null) return words.t('alert_undated', { lost });
  const slots = { day: words.shortDay(alert.stockout_date_p50), lost };
  const days = daysOut(alert);
  if (days !== undefined) return words.t('alert_before_arrival', { ...slots, days });
  return words.t(
    alert.next_arrival_p50 === null ? 'alert_nothing_coming' : 'alert_runs_out',
    slots
  );
}

export interface SumLine {
  readonly label: string;
  readonly value: string;
  readonly isTotal: boolean;
}

/** How the lost money comes about, as a sum a reader can check. */
export function arithmetic(alert: Alert, words: Words): readonly SumLine[] {
  const daily = alert.daily_demand;
  const lead = alert.lead_time_days;
  if (daily === null || lead === null || alert.on_hand === null) return [];
  const line = (label: string, value: string, isTotal = false): SumLine => ({
    label,
    value,
    isTotal
  });
  const units = (value: number) => words.count(Math.round(value));
  return [
    line(words.t('sum_on_hand'), units(alert.on_hand)),
    line(words.t('sum_daily'), `÷ ${decimalsOf(daily, words)}`),
    line(
      words.t('sum_cover'),
      alert.cover_days === null
        ? '—'
        : `= ${words.t('days', { days: Math.floor(alert.cover_days) })}`,
      true
    ),
    line(words.t('sum_lead'), words.t('days', { days: Math.round(lead) })),
    line(words.t('sum_lost_units'), units(alert.lost_units ?? 0)),
    line(words.t('sum_lost'), words.money(alert.lost_margin ?? '0'), true)
  ];
}

function decimalsOf(value: number, words: Words): string {
  return value >= 10 ? words.count(Math.round(value)) : value.toFixed(1);
}

export function stockFinding(alerts: readonly Alert[], words: Words): string {
  if (alerts.length === 0) return words.t('stock_none');
  const critical = alerts.filter((alert) => alert.severity === 'critical').length;
  const slots = { count: alerts.length, lost: words.money(atRisk(alerts)) };
  return critical > 0
    ? words.t('stock_finding_critical', { ...slots, critical })
    : words.t('stock_finding', slots);
}
