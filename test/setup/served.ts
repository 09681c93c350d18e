import { request as httpRequest } from 'node:http';
import pino from 'pino';
import { runPortolan } from '../../web/server/command-line.ts';
import { serve, type ServeOptions, type Serving } from '../../web/server/serve.ts';

/** A server on a free port that writes no log and leaves signals alone. */
export function served(options: ServeOptions): Promise<Serving> {
  const effects = { log: pino({ level: 'silent' }), run: runPortolan };
  return serve({ effects, ...options, port: 0, stopOnSignals: false });
}

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface RawRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** Sends a request as written: `fetch` would tidy up the path and own the Host header. */
export function rawRequest(address: string, path: string, raw: RawRequest = {}): Promise<Reply> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { hostname, port, path, method: raw.method ?? 'GET', headers: raw.headers ?? {} },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      }
    );
    request.on('error', reject);
    request.end(raw.body);
  });
}
