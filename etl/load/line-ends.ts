import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const space = 0x20;

/**
 * Rewrites a text whose lines end now this way, now that: the reader demands one way throughout. A carriage return
 * that ends no line is a space.
 */
export async function rewriteLineEnds(from: string, to: string): Promise<void> {
  let hasPending = false;
  const rewrite = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const out = Buffer.alloc(chunk.length + 1);
      let length = 0;
      for (const byte of chunk) {
        if (byte === carriageReturn) {
          hasPending = true;
          continue;
        }
        if (hasPending && byte !== lineFeed) out[length++] = space;
        hasPending = false;
        out[length++] = byte;
      }
      done(null, out.subarray(0, length));
    }
  });
  await pipeline(createReadStream(from), rewrite, createWriteStream(to));
}
