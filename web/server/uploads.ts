import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { ApiError } from './errors.ts';
import type { RunCommand } from './command-line.ts';

const detection = z.object({
  recognised: z
    .object({
      format: z.string(),
      title: z.object({ en: z.string(), zh: z.string() }),
      account_candidates: z.array(z.string())
    })
    .transform(({ title, ...rest }) => ({ ...rest, title: title.en, title_zh: title.zh }))
    .nullable(),
  columns: z.array(z.string()),
  nearest: z.array(
    z.object({
      mapping: z.string(),
      matched: z.array(z.string()),
      missing: z.array(z.string())
    })
  )
});

export type Upload = z.infer<typeof detection> & { upload_id: string; name: string; bytes: number };

const idForm = /^[0-9a-f]{32}$/;
const keptDays = 7;
const dayMs = 24 * 3600 * 1000;

/** The last part of a file name with everything that could steer a path or a shell replaced. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} ._()-]/gu, '_')
    .replace(/^[.\s-]+/, '')
    .slice(-150);
  if (plain === '') {
    throw new ApiError(400, 'BAD_PARAMETER', { message: 'name: give the name of the file.' });
  }
  return plain;
}

function sizeCap(limit: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= limit) done(null, chunk);
      else done(tooLarge(limit));
    }
  });
}

function tooLarge(limit: number): ApiError {
  const megabytes = Math.floor(limit / 1e6);
  return new ApiError(413, 'UPLOAD_TOO_LARGE', {
    message: `The file is larger than ${String(megabytes)} MB.`,
    hint: 'Put it into the inbox folder of its account, or load it with "portolan load".'
  });
}

export interface Uploads {
  receive(name: string, body: Readable): Promise<Upload>;
  /** The path of a received file; throws UNKNOWN_UPLOAD. */
  find(id: string): Promise<string>;
  remove(id: string): Promise<void>;
}

/** Keeps what is uploaded under random names in the home until it is loaded. */
export function uploadsOf(home: string, limit: number, run: RunCommand): Uploads {
  const folder = path.resolve(home, 'uploads');

  const detect = async (file: string): Promise<z.infer<typeof detection>> => {
    const found: z.infer<typeof detection>[] = [];
    const onLine = (line: unknown): void => {
      const parsed = detection.safeParse(line);
      if (parsed.success) found.push(parsed.data);
    };
    const args = ['detect', file, '--home', home, '--json'];
    const { message } = await run(args, { onLine, onProgress: () => undefined });
    // An archive has a line for each file in it: one that is known speaks for the others.
    const answer = found.find(({ recognised }) => recognised !== null) ?? found[0];
    if (answer !== undefined) return answer;
    throw new ApiError(422, 'FILE_UNREADABLE', { message: message ?? 'The file cannot be read.' });
  };

  const store = async (id: string, file: string, body: Readable): Promise<number> => {
    const place = path.join(folder, id);
    await mkdir(place, { recursive: true });
    try {
      await pipeline(body, sizeCap(limit), createWriteStream(path.join(place, file)));
      return (await stat(path.join(place, file))).size;
    } catch (error) {
      await rm(place, { recursive: true, force: true });
      throw error;
    }
  };

  return {
    async receive(name, body) {
      const file = safeName(name);
      await removeOld(folder);
      const id = randomBytes(16).toString('hex');
      const bytes = await store(id, file, body);
      const found = await detect(path.join(folder, id, file));
      return { upload_id: id, name: file, bytes, ...found };
    },
    async find(id) {
      const files = idForm.test(id) ? await readdir(path.join(folder, id)).catch(() => []) : [];
      const [file] = files;
      if (file !== undefined) return path.join(folder, id, file);
      throw new ApiError(404, 'UNKNOWN_UPLOAD', { message: 'This upload is not here any more.' });
    },
    async remove(id) {
      if (idForm.test(id)) await rm(path.join(folder, id), { recursive: true, force: true });
    }
  };
}

async function removeOld(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(() => []);
  for (const id of entries.filter((name) => idForm.test(name))) {
    const place = path.join(folder, id);
    const { mtimeMs } = await stat(place);
    if (Date.now() - mtimeMs > keptDays * dayMs) await rm(place, { recursive: true, force: true });
  }
}
