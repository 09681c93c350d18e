import { z } from 'zod';

/** A question is data: the route, the OpenAPI page, the export and the command line all read this entry. */
export interface Question {
  name: string;
  /** Folder of queries/ it lies in; also what a viewer must be allowed to read. */
  subject: string;
  /** Path below queries/. */
  file: string;
  scope: string;
  title: { en: string; zh: string };
  params: z.ZodObject<Record<string, z.ZodType>>;
  row: z.ZodObject<Record<string, z.ZodType>>;
}

/** Text of one answer to one part of the screen; every field has a default, so all data is the plain question. */
export const isoDate = z.iso.date();
export const isoMonth = z.string().regex(/^\d{4}-\d{2}$/);
/** Exact decimal as text: money never passes through a float. */
export const money = z.string().regex(/^-?\d+(\.\d+)?$/);
export const count = z.number().int();
export const marketCode = z.string().min(1).max(64);
export const channelCode = z.string().min(1).max(64);
export const sku = z.string().min(1).max(200);
export const basis = z.enum(['ordered', 'posted']);

export const period = { from: isoDate.optional(), to: isoDate.optional() };
export const based = { ...period, basis: basis.default('ordered') };
export const place = { market: marketCode.optional(), channel: channelCode.optional() };
export const page = (rows: number) => ({
  limit: z.coerce.number().int().min(1).max(2000).default(rows),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0)
});

export function question(
  name: string,
  subject: string,
  entry: Pick<Question, 'title' | 'params' | 'row'>
): Question {
  return { name, subject, file: `${subject}/${name}.sql`, scope: `read:${subject}`, ...entry };
}
