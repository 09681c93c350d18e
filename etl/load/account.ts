import { UsageError } from '../warehouse/errors.ts';
import { type Account, accountSchema, type Settings, withAccount } from '../warehouse/settings.ts';
import { RefusedFile } from './decode.ts';
import type { Format } from './format-spec.ts';

/** Whose file it is: named by hand, by its folder, by its mapping, or the only account of that platform. */
export function resolveAccount(
  settings: Settings,
  format: Format,
  named: { explicit: string | undefined; folder: string | undefined }
): { account: Account; settings: Settings } {
  const id = named.explicit ?? named.folder;
  const known = settings.accounts.find((account) => account.account === id);
  if (known !== undefined) return { account: known, settings };
  const brought = format.account === undefined ? undefined : accountSchema.parse(format.account);
  if (brought !== undefined && (id === undefined || id === brought.account)) {
    const same = settings.accounts.find((account) => account.account === brought.account);
    if (same !== undefined) return { account: same, settings };
    return { account: brought, settings: withAccount(settings, brought) };
  }
  if (id !== undefined) {
    throw new RefusedFile(
      'ACCOUNT_UNKNOWN',
      `There is no account "${id}". Add it first: portolan account add ${id} --platform … --market … --currency … --time-zone …`
    );
  }
  const owners = settings.accounts.filter(
    (account) => format.platform === null || account.platform === format.platform
  );
  const only = owners[0];
  if (only === undefined || owners.length > 1) {
    throw new RefusedFile('ACCOUNT_UNKNOWN', accountHint(owners));
  }
  return { account: only, settings };
}

function accountHint(owners: Account[]): string {
  const names = owners.map((account) => account.account).join(', ');
  return names === ''
    ? 'No account of this platform exists yet. Add one with: portolan account add'
    : `Several accounts could own this file (${names}). Name one with --account`;
}

/** An account given on the command line must exist before anything is read. */
export function requireKnownAccount(
  settings: Settings,
  id: string | undefined,
  broughtBy: Format | undefined
): void {
  if (id === undefined || settings.accounts.some((account) => account.account === id)) return;
  if (broughtBy?.account?.['account'] === id) return;
  throw new UsageError(
    'ACCOUNT_UNKNOWN',
    `There is no account "${id}". Add it first: portolan account add ${id} --platform … --market … --currency … --time-zone …`
  );
}
