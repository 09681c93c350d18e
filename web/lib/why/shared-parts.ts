import type { Row } from '../api/questions.ts';

const drivers = ['revenue', 'units', 'volume', 'ads', 'none'] as const;
export type Driver = (typeof drivers)[number] | 'other';

/** Names the pages have words for; a new driver of the server is shown as another one. */
export function driverOf(name: string): Driver {
  return drivers.find((known) => known === name) ?? 'other';
}

export interface SharedPart {
  readonly driver: Driver;
  readonly step: string;
  readonly amount: string;
}

/** The steps of CM3 that have money without a SKU: what is shared, or what no driver reaches. */
export function sharedParts(
  rows: readonly Row<'allocation_drivers'>[],
  isResidual: boolean
): readonly SharedPart[] {
  return rows
    .filter((row) => row.step !== 'overhead' && row.step !== 'fx_result')
    .map((row) => ({
      driver: driverOf(row.driver),
      step: row.step,
      amount: isResidual ? row.residual : row.shared
    }))
    .filter((part) => Number(part.amount) !== 0);
}
