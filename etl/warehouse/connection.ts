import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBPreparedStatement
} from '@duckdb/node-api';
import { messageOf, WarehouseError } from './errors.ts';
import { type Bindable, type Column, fromEngine, type Row } from './rows.ts';

export interface Answer {
  columns: Column[];
  rows: Row[];
}

/** One conversation with the engine. Values are always bound, never spliced into the text. */
export class Connection {
  readonly #engine: DuckDBConnection;

  constructor(engine: DuckDBConnection) {
    this.#engine = engine;
  }

  /** Runs one or more statements without parameters; returns the rows changed by the last. */
  async run(sql: string): Promise<number> {
    return this.#guard(sql, async () => (await this.#engine.run(sql)).rowsChanged);
  }

  /** Runs one statement with named parameters; parameters it does not name are ignored. */
  async execute(sql: string, params: Record<string, Bindable>): Promise<number> {
    return this.#guard(sql, () =>
      this.#prepared(sql, params, async (statement) => (await statement.run()).rowsChanged)
    );
  }

  async query(sql: string, params: Record<string, Bindable> = {}): Promise<Answer> {
    return this.#guard(sql, () =>
      this.#prepared(sql, params, async (statement) => {
        const reader = await statement.runAndReadAll();
        const columns = reader
          .columnNames()
          .map((name, index) => ({ name, type: baseType(String(reader.columnType(index))) }));
        return { columns, rows: reader.getRowsJson().map((cells) => toRow(columns, cells)) };
      })
    );
  }

  async rows(sql: string, params: Record<string, Bindable> = {}): Promise<Row[]> {
    return (await this.query(sql, params)).rows;
  }

  /** The single cell of an answer of one row and one column; null when there is no row. */
  async value(sql: string, params: Record<string, Bindable> = {}): Promise<Row[string]> {
    const { columns, rows } = await this.query(sql, params);
    const name = columns[0]?.name ?? '';
    return rows[0]?.[name] ?? null;
  }

  /** Rows in the engine's own chunks, so that an export of any size keeps memory flat. */
  async *stream(
    sql: string,
    params: Record<string, Bindable> = {}
  ): AsyncGenerator<{ columns: Column[]; rows: Row[] }> {
    const statement = await this.#guard(sql, () => this.#bound(sql, params));
    try {
      const result = await this.#guard(sql, () => statement.stream());
      const columns = result
        .columnNames()
        .map((name, index) => ({ name, type: baseType(String(result.columnType(index))) }));
      yield { columns, rows: [] };
      for await (const cells of result.yieldRowsJson()) {
        yield { columns, rows: cells.map((row) => toRow(columns, row)) };
      }
    } finally {
      statement.destroySync();
    }
  }

  /**
   * Columns of numbers for a model, each as one array; every column of the statement must be DOUBLE or INTEGER.
   * Null reads as NaN.
   */
  async columns(
    sql: string,
    params: Record<string, Bindable> = {}
  ): Promise<Record<string, Float64Array>> {
    return this.#guard(sql, () =>
      this.#prepared(sql, params, async (statement) => {
        const reader = await statement.runAndReadAll();
        const columns = reader.getColumns();
        return Object.fromEntries(
          reader
            .columnNames()
            .map((name, index) => [
              name,
              Float64Array.from(columns[index] ?? [], (cell) =>
                cell === null ? NaN : Number(cell)
              )
            ])
        );
      })
    );
  }

  /** Appends columns of numbers to a table of DOUBLE columns in the columns' order; NaN is written as null. */
  async appendColumns(
    table: { catalog: string; name: string },
    columns: readonly Float64Array[]
  ): Promise<void> {
    const size = 2048;
    const rows = columns[0]?.length ?? 0;
    await this.#guard(`append to ${table.catalog}.${table.name}`, async () => {
      const appender = await this.#engine.createAppender(table.name, 'main', table.catalog);
      const types = columns.map(() => DOUBLE);
      for (let from = 0; from < rows; from += size) {
        const parts = columns.map((column) =>
          Array.from(column.subarray(from, from + size), (cell) =>
            Number.isNaN(cell) ? null : cell
          )
        );
        const chunk = DuckDBDataChunk.create(types);
        chunk.setColumns(parts);
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
    });
  }

  interrupt(): void {
    this.#engine.interrupt();
  }

  close(): void {
    this.#engine.closeSync();
  }

  async #bound(sql: string, params: Record<string, Bindable>): Promise<DuckDBPreparedStatement> {
    const statement = await this.#engine.prepare(sql);
    const values: Record<string, Bindable> = {};
    for (let index = 1; index <= statement.parameterCount; index += 1) {
      const name = statement.parameterName(index);
      values[name] = params[name] ?? null;
    }
    if (statement.parameterCount > 0) statement.bind(values);
    return statement;
  }

  async #prepared<T>(
    sql: string,
    params: Record<string, Bindable>,
    use: (statement: DuckDBPreparedStatement) => Promise<T>
  ): Promise<T> {
    const statement = await this.#bound(sql, params);
    try {
      return await use(statement);
    } finally {
      statement.destroySync();
    }
  }

  async #guard<T>(sql: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof WarehouseError) throw error;
      throw new WarehouseError(messageOf(error), sql, error);
    }
  }
}

/** ENUM('a', 'b') is text to everyone outside. */
function baseType(type: string): string {
  return type.startsWith('ENUM') ? 'VARCHAR' : type;
}

function toRow(columns: Column[], cells: readonly unknown[]): Row {
  const row: Row = {};
  columns.forEach((column, index) => {
    row[column.name] = fromEngine(cells[index], column.type);
  });
  return row;
}
