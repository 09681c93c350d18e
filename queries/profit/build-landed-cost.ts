import type { Connection } from '../../etl/warehouse/connection.ts';
import {
  type Flows,
  issueFirstInFirstOut,
  issueWeightedAverage,
  type Lots
} from './landed-cost.ts';

/** Issues the lots to what was sold, lost and returned, by both methods, into marts.issued_cost and marts.lot_left. */
export async function buildLandedCost(connection: Connection): Promise<void> {
  const lots = lotsOf(
    await connection.columns(
      `select s.number::double as sku, (l.valid_from - date '1970-01-01')::double as day, l.quantity::double as quantity,
         l.unit_value * 10000 as unit_value
       from marts.lot l join marts.stocked_sku s using (sku)
       order by s.number, l.valid_from, l.lot_ref`
    )
  );
  const flows = flowsOf(
    await connection.columns(
      `select s.number::double as sku, (f.day - date '1970-01-01')::double as day,
         coalesce(sum(quantity) filter (kind = 'sold'), 0)::double as sold,
         coalesce(sum(quantity) filter (kind = 'lost'), 0)::double as lost,
         coalesce(sum(quantity) filter (kind = 'returned'), 0)::double as returned
       from marts.unit_flow f join marts.stocked_sku s using (sku)
       group by s.number, f.day order by s.number, f.day`
    )
  );
  const fifo = issueFirstInFirstOut(lots, flows);
  const average = issueWeightedAverage(lots, flows);
  await connection.appendColumns({ catalog: 'marts', name: 'issued_cost' }, [
    flows.sku,
    flows.day,
    ...[fifo, average].flatMap(({ sold, estimated, lost, returned }) => [
      sold,
      estimated,
      lost,
      returned
    ])
  ]);
  await connection.appendColumns({ catalog: 'marts', name: 'lot_left' }, [
    Float64Array.from(lots.sku, (_, index) => index),
    fifo.left,
    fifo.leftValue,
    average.left,
    average.leftValue
  ]);
}

const none = new Float64Array();

function lotsOf(columns: Record<string, Float64Array>): Lots {
  const { sku = none, day = none, quantity = none, unit_value: unitValue = none } = columns;
  return { sku, day, quantity, unitValue };
}

function flowsOf(columns: Record<string, Float64Array>): Flows {
  const { sku = none, day = none, sold = none, lost = none, returned = none } = columns;
  return { sku, day, sold, lost, returned };
}
