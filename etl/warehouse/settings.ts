import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, UsageError } from './errors.ts';
import { settingsFile } from './paths.ts';

/** Who sells to whom, and how: consumers, businesses, factory or brand to consumer, shop and store together. */
export const businessModes = ['b2c', 'b2b', 'c2c', 'b2b2c', 'f2c', 'd2c', 'o2o', 'omo'] as const;

export const accountSchema = z.strictObject({
  account: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'lower-case letters, digits, . _ -'),
  platform: z.string().min(1),
  /** Empty for accounts that sell nothing (rates, templates). */
  channel: z.string(),
  market: z.string().nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency code of three letters'),
  time_zone: z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Berlin'),
  tax_inclusive: z.boolean(),
  date_order: z.enum(['dmy', 'mdy', 'ymd']),
  /** The way of doing business of all its orders; left out, the reports say it. */
  mode: z.enum(businessModes).optional()
});
export type Account = z.infer<typeof accountSchema>;

const settingsSchema = z.strictObject({
  seller_name: z.string().default('My shop'),
  /** Null until the first account decides it. */
  reporting_currency: z.string().nullable().default(null),
  /** How lots become the cost of goods; the other method is computed beside it. */
  cost_method: z.enum(['fifo', 'weighted_average']).default('fifo'),
  accounts: z.array(accountSchema).default([])
});
export type Settings = z.infer<typeof settingsSchema>;

export function readSettings(home: string): Settings {
  const file = settingsFile(home);
  if (!existsSync(file)) return settingsSchema.parse({});
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new UsageError('SETTINGS_UNREADABLE', `${file} cannot be used: ${messageOf(error)}`);
  }
}

/** Replaces the file in one step, so that a crash leaves the old or the new settings, never half. */
export function writeSettings(home: string, settings: Settings): void {
  mkdirSync(home, { recursive: true });
  const file = settingsFile(home);
  const draft = `${file}.${String(process.pid)}.tmp`;
  writeFileSync(draft, `${JSON.stringify(settings, null, 2)}\n`);
  renameSync(draft, file);
}

/** Adds an account, or replaces the one of that name; the first that sells sets the reporting currency. */
export function withAccount(settings: Settings, account: Account): Settings {
  const others = settings.accounts.filter((known) => known.account !== account.account);
  return {
    ...settings,
    reporting_currency: settings.reporting_currency ?? (sells(account) ? account.currency : null),
    accounts: [...others, account]
  };
}

/** Sources of rates, products or stock are accounts of channel "none". */
function sells(account: Account): boolean {
  return account.channel !== 'none';
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
