import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../etl/warehouse/connection.ts';
import { buildMarts } from '../../queries/build-marts.ts';
import { catalog } from '../../queries/catalog.ts';
import { questionSql, readParams } from '../../queries/run-question.ts';
import { emptyWarehouse } from './empty-warehouse.ts';

let connection: Connection;
let close: () => void;
beforeAll(async () => {
  ({ connection, close } = await emptyWarehouse());
  await buildMarts(connection, () => undefined);
});
afterAll(() => close());

describe.each(catalog.map((question) => [question.name, question] as const))(
  '%s',
  (_, question) => {
    const sample = 'sku' in question.params.shape ? { sku: 'A' } : {};

    it('binds on an empty warehouse and answers the columns its row declares, in that order', async () => {
      const { columns } = await connection.query(
        questionSql(question),
        readParams(question, sample)
      );
      expect(columns.map((column) => column.name)).toEqual(Object.keys(question.row.shape));
    });

    it('never lets a sum widen: later aggregation would be many times slower', async () => {
      const { columns } = await connection.query(
        questionSql(question),
        readParams(question, sample)
      );
      const wide = columns.filter(({ type }) => /HUGEINT|DECIMAL\((?!18,)/.test(type));
      expect(wide).toEqual([]);
    });

    it('names every parameter it declares and declares every parameter it names', () => {
      const sql = questionSql(question).replace(/--.*$/gm, '');
      const used = new Set([...sql.matchAll(/\$([a-z_]+)/g)].map((match) => match[1]));
      expect([...used].sort()).toEqual(Object.keys(question.params.shape).sort());
    });

    it('starts with its grain and uses no division other engines read differently', () => {
      const sql = questionSql(question);
      expect(sql.startsWith('-- ')).toBe(true);
      expect(sql).toMatch(/Grain:/);
      expect(sql).not.toContain('//');
    });
  }
);

describe('marts', () => {
  it('hold no widened column', async () => {
    const wide = await connection.rows(
      `select table_name, column_name, data_type from duckdb_columns()
       where database_name = 'marts' and not internal
         and (data_type like '%HUGEINT%' or regexp_matches(data_type, 'DECIMAL\\((19|2\\d|3\\d)'))`
    );
    expect(wide).toEqual([]);
  });
});
