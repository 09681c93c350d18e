// What the budgets compare with, each in a process of its own: `read-csv FILE DATABASE`, `sha256 FILE`.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';

const [task, file = '', database = ''] = process.argv.slice(2);

async function readCsv() {
  const instance = await DuckDBInstance.create(database, { threads: '2' });
  const connection = await instance.connect();
  await connection.run(
    `create table orders as select * from read_csv('${file.replaceAll("'", "''")}')`
  );
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
}

const sha256 = () => pipeline(createReadStream(file), createHash('sha256'));

await (task === 'read-csv' ? readCsv() : sha256());
