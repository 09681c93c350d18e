import { createServer, type Server } from 'node:http';
import { UsageError } from '../../etl/warehouse/errors.ts';
import { createApp, type AppOptions } from './app.ts';
import { isLoopbackHost } from './request-guard.ts';

export interface ServeOptions extends AppOptions {
  readonly host?: string;
  readonly port?: number;
  /** Told the address once it answers; the server itself prints nothing. */
  readonly onListening?: (address: string) => void;
  /** Tests close the server themselves and leave the process's signals alone. */
  readonly stopOnSignals?: boolean;
}

export interface Serving {
  readonly address: string;
  /** Stops taking requests, lets running ones end, then closes the warehouse. */
  stop(): Promise<void>;
  /** Settles when the server has stopped, by `stop` or by a signal. */
  readonly stopped: Promise<void>;
}

const defaultPort = 4173;
const patienceMs = 5000;

const lastPort = 65_535;

/** Why the port cannot be had, in words for the person who chose it; undefined: it is not the port. */
function portTrouble(error: Error, port: number): UsageError | undefined {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    const text = `Port ${String(port)} is taken by another program. Choose one with --port.`;
    return new UsageError('PORT_TAKEN', text);
  }
  if (code !== 'EACCES') return undefined;
  const text = `This user may not open port ${String(port)}. Choose one above 1023 with --port.`;
  return new UsageError('PORT_REFUSED', text);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portTrouble(error, port) ?? error));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), patienceMs);
    force.unref();
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/**
 * Serves a home on this machine. Throws UsageError (exit code 2) for a host that others could
 * reach: without access control everybody there could read the figures.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { host = '127.0.0.1', port = defaultPort } = options;
  if (!isLoopbackHost(host)) {
    throw new UsageError(
      'HOST_REFUSED',
      `Portolan has no access control yet and serves this machine only: ${host} is refused. Use --host 127.0.0.1, or an SSH tunnel from elsewhere.`
    );
  }
  if (!Number.isInteger(port) || port < 0 || port > lastPort) {
    throw new UsageError(
      'BAD_PORT',
      `There is no port ${String(port)}. Choose one from 1024 to ${String(lastPort)} with --port.`
    );
  }
  const { app, close: closeApp } = createApp(options);
  const server = createServer({ requestTimeout: 0, headersTimeout: 10_000 }, app);
  let taken: number;
  try {
    taken = await listen(server, port, host);
  } catch (error) {
    closeApp();
    throw error;
  }
  let finish: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (finish = resolve));
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return stopped;
    stopping = true;
    for (const signal of signals) process.off(signal, onSignal);
    await close(server);
    closeApp();
    finish();
  };
  const onSignal = (): void => void stop();
  const signals = ['SIGTERM', 'SIGINT'] as const;
  if (options.stopOnSignals !== false) for (const signal of signals) process.once(signal, onSignal);
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${String(taken)}`;
  options.onListening?.(address);
  return { address, stop, stopped };
}
