import { createServer, type Server } from 'node:http';
import { afterAll, expect, it } from 'vitest';
import { UsageError } from '../../etl/warehouse/errors.ts';
import { serve } from '../../web/server/serve.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';

const scratch = scratchFolder();
const other: Server = createServer();
afterAll(() => {
  other.close();
});

const refusalOf = (port: number): Promise<unknown> =>
  serve({ home: scratch.path, port, stopOnSignals: false }).then(
    async (serving) => serving.stop(),
    (error: unknown) => (error instanceof UsageError ? error.message : error)
  );

it.each([65_536, 99_999, -1])('says that there is no port %d', async (port) => {
  expect(await refusalOf(port)).toBe(
    `There is no port ${String(port)}. Choose one from 1024 to 65535 with --port.`
  );
});

it('says that another program has the port', async () => {
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  expect(await refusalOf(port)).toBe(
    `Port ${String(port)} is taken by another program. Choose one with --port.`
  );
});
