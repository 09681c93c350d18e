import { dayOf } from './days.ts';

export const settlementDays = 14;
const depositLag = 2;

/** The fortnightly settlements of one Amazon account; those not paid by the last day have no file. */
export class SettlementCalendar {
  readonly count: number;
  private readonly start: number;

  /** `from`: first day that settlements cover; later than the first day only in load tests. */
  constructor(
    readonly account: number,
    span: { first: number; last: number; from: number }
  ) {
    // Accounts close on different weekdays, as they were opened on different days.
    this.start = span.from + ((account * 3) % settlementDays) - settlementDays + 1;
    this.count = Math.max(
      0,
      Math.floor((span.last - depositLag + 1 - this.start) / settlementDays)
    );
    this.firstDay = span.from;
  }

  private readonly firstDay: number;

  /** Index of the settlement that holds a posted day, or undefined when it is not paid yet. */
  periodOf(posted: number): number | undefined {
    if (posted < this.firstDay) return undefined;
    const period = Math.floor((posted - this.start) / settlementDays);
    return period < this.count ? period : undefined;
  }

  startOf(period: number): number {
    return this.start + period * settlementDays;
  }

  /** First day after the period: it closes that morning. */
  endOf(period: number): number {
    return this.startOf(period + 1);
  }

  depositOf(period: number): number {
    return this.endOf(period) + depositLag;
  }

  idOf(period: number): string {
    return String(
      18000000000 + (this.account + 1) * 100000000 + (this.startOf(period) - epoch) * 1013
    );
  }
}

const epoch = dayOf('2020-01-01');
