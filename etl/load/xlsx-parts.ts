import { StringDecoder } from 'node:string_decoder';
import { posix } from 'node:path';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import yauzl from 'yauzl';
import { ArchiveError, unpackedLimit } from './archive.ts';

/** What a reader of one XML part wants to hear. Names come without their namespace's prefix. */
export interface XmlListener {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
  /** After each piece of text: the place to write what was gathered. True: nothing more is wanted. */
  pause?(): Promise<boolean>;
}

/** The parts of a spreadsheet by name. Each is read as a stream of events and never held whole. */
export interface WorkbookParts {
  packedSize(name: string): number;
  has(name: string): boolean;
  read(name: string, listener: XmlListener): Promise<void>;
  close(): void;
}

const mostParts = 10_000;

export async function openParts(path: string): Promise<WorkbookParts> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
  const entries = new Map<string, yauzl.Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= mostParts) throw new ArchiveError('WORKBOOK_TOO_LARGE');
    entries.set(entry.fileName.toLowerCase(), entry);
  }
  const find = (name: string) => entries.get(name.toLowerCase());
  return {
    has: (name) => find(name) !== undefined,
    packedSize: (name) => find(name)?.compressedSize ?? 0,
    close: () => {
      zip.close();
    },
    read: async (name, listener) => {
      const entry = find(name);
      if (entry === undefined) throw new ArchiveError('WORKBOOK_DAMAGED');
      await readXml(zip, entry, listener);
    }
  };
}

async function readXml(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  listener: XmlListener
): Promise<void> {
  const limit = unpackedLimit(entry.compressedSize);
  const parser = parserFor(listener);
  const decoder = new StringDecoder('utf8');
  const stream = await zip.openReadStreamPromise(entry);
  let seen = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    seen += chunk.length;
    if (seen > limit) throw new ArchiveError('WORKBOOK_TOO_LARGE');
    parser.write(decoder.write(chunk));
    if ((await listener.pause?.()) === true) return;
  }
  parser.close();
  await listener.pause?.();
}

/** Entities that a document defines itself are unknown to the parser, and a fault: none can blow up. */
function parserFor(listener: XmlListener): SaxesParser {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    listener.open?.(localName(name), attributes);
  });
  // Some writers leave control characters in names of goods; no other fault is forgiven.
  parser.on('error', (error) => {
    if (!error.message.includes('disallowed character.')) throw error;
  });
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  parser.on('closetag', ({ name }: SaxesTagPlain) => {
    listener.close?.(localName(name));
  });
  return parser;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** An attribute by its name without prefix (r:id and id are written both ways). */
export function attribute(attributes: Record<string, string>, name: string): string | undefined {
  const found = Object.keys(attributes).find((key) => localName(key) === name);
  return found === undefined ? undefined : attributes[found];
}

/** Targets of a part's relations by id, and by the last word of their type. */
export async function relationsOf(
  parts: WorkbookParts,
  part: string
): Promise<{ byId: Map<string, string>; byType: Map<string, string> }> {
  const folder = posix.dirname(part);
  const rels = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const byId = new Map<string, string>();
  const byType = new Map<string, string>();
  if (!parts.has(rels)) return { byId, byType };
  await parts.read(rels, {
    open: (name, { Id = '', Target = '', Type = '' }) => {
      if (name !== 'Relationship') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      byId.set(Id, target);
      byType.set(posix.basename(Type), target);
    }
  });
  return { byId, byType };
}
