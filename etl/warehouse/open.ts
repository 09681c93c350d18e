import { cpus, totalmem } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import { Connection } from './connection.ts';
import { factsFile, martsFile } from './paths.ts';

/** Extensions off and resources bounded from the first moment, whoever opens. */
function engineSettings(temp: string): Record<string, string> {
  // Half the machine, at most 2.5 GiB: what the engine does not count comes on top (10 million lines within 4 GiB).
  const megabytes = Math.round(Math.max(1024, Math.min(2560, totalmem() / 2 ** 21)));
  return {
    threads: String(Math.max(1, Math.min(cpus().length, 8))),
    memory_limit: `${String(megabytes)}MiB`,
    temp_directory: temp,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_unsigned_extensions: 'false'
  };
}

export interface Warehouse {
  connect(): Promise<Connection>;
  close(): void;
}

/** One published generation, readable and nothing else. */
export interface Generation extends Warehouse {
  readonly number: number;
}

/**
 * Opens a published generation for reading. The order of the settings matters: files are attached first, then
 * every door to the outside is shut, then the settings themselves are locked for all connections.
 */
export async function openGeneration(home: string, number: number): Promise<Generation> {
  const instance = await DuckDBInstance.create(':memory:', engineSettings(''));
  const first = await instance.connect();
  await first.run(`attach ${literal(factsFile(home, number))} as facts (read_only)`);
  await first.run(`attach ${literal(martsFile(home, number))} as marts (read_only)`);
  await first.run(`set global TimeZone = 'UTC'`);
  await first.run('set enable_external_access = false');
  await first.run('set lock_configuration = true');
  return { number, ...pool(instance, new Connection(first)) };
}

/** A published generation beside a folder of plain files to compare it with; nothing can be written. */
export async function openBeside(home: string, number: number, folder: string): Promise<Warehouse> {
  const instance = await DuckDBInstance.create(':memory:', engineSettings(''));
  const first = await instance.connect();
  await first.run(`attach ${literal(factsFile(home, number))} as facts (read_only)`);
  await first.run(`attach ${literal(martsFile(home, number))} as marts (read_only)`);
  await first.run(`set allowed_directories = [${literal(folder)}]`);
  await first.run('set enable_external_access = false');
  await first.run(`set global TimeZone = 'UTC'`);
  await first.run('set lock_configuration = true');
  return pool(instance, new Connection(first));
}

/** An empty engine that can read this one raw file and reach nothing else. */
export async function openRaw(file: string): Promise<Warehouse> {
  const settings = { ...engineSettings(''), threads: '1', memory_limit: '512MiB' };
  const instance = await DuckDBInstance.create(':memory:', settings);
  const first = await instance.connect();
  await first.run(`set allowed_paths = [${literal(file)}]`);
  await first.run('set enable_external_access = false');
  await first.run(`set global TimeZone = 'UTC'`);
  await first.run('set lock_configuration = true');
  return pool(instance, new Connection(first));
}

export interface WriteAccess {
  facts: string;
  marts: string;
  /** Marts of the generation before, readable as `previous`. */
  previous: string | undefined;
  /** Folders the loader may read exports from and stage Parquet in; all else on the machine is refused. */
  folders: string[];
  temp: string;
}

/** Opens the two files of a generation being written. Nobody else has them open. */
export async function openForWriting(access: WriteAccess): Promise<Warehouse> {
  const instance = await DuckDBInstance.create(':memory:', engineSettings(access.temp));
  const first = await instance.connect();
  // The newest storage format writes a third faster; only this engine version or newer can read it.
  await first.run(`attach ${literal(access.facts)} as facts (storage_version 'latest')`);
  await first.run(`attach ${literal(access.marts)} as marts (storage_version 'latest')`);
  if (access.previous !== undefined) {
    await first.run(`attach ${literal(access.previous)} as previous (read_only)`);
  }
  await first.run(`set allowed_directories = [${access.folders.map(literal).join(', ')}]`);
  await first.run('set enable_external_access = false');
  await first.run(`set global TimeZone = 'UTC'`);
  await first.run('set lock_configuration = true');
  return pool(instance, new Connection(first));
}

/** An empty warehouse in memory: binder tests and the type generator run against it. */
export async function openInMemory(): Promise<Warehouse> {
  const instance = await DuckDBInstance.create(':memory:', engineSettings(''));
  const first = await instance.connect();
  await first.run(`attach ':memory:' as facts`);
  await first.run(`attach ':memory:' as marts`);
  await first.run(`set global TimeZone = 'UTC'`);
  return pool(instance, new Connection(first));
}

/** A lock on the file lives as long as any connection: close them all, then the instance. */
function pool(instance: DuckDBInstance, first: Connection): Warehouse {
  const open = new Set<Connection>([first]);
  return {
    async connect() {
      const connection = new Connection(await instance.connect());
      open.add(connection);
      return connection;
    },
    close() {
      for (const connection of open) connection.close();
      open.clear();
      instance.closeSync();
    }
  };
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
