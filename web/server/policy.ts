import { createHash } from 'node:crypto';

/** Who asks. Without access control there is one viewer: the person at this machine. */
export interface Viewer {
  readonly name: string;
  readonly scopes: 'all' | readonly string[];
  readonly markets: 'all' | readonly string[];
}

export const localOwner: Viewer = { name: 'local owner', scopes: 'all', markets: 'all' };

export type Decision = { allow: true } | { allow: false; code: 'SCOPE_DENIED' | 'MARKET_DENIED' };

/**
 * The one place that says yes. Everything it does not know is denied; a viewer bound to some
 * markets must name one of them, because a question without a market would answer for all.
 */
export function decide(viewer: Viewer, scope: string, market?: string): Decision {
  if (scope === '' || (viewer.scopes !== 'all' && !viewer.scopes.includes(scope))) {
    return { allow: false, code: 'SCOPE_DENIED' };
  }
  if (viewer.markets === 'all') return { allow: true };
  if (!scope.startsWith('read:') || scope === 'read:status') return { allow: true };
  const inside = market !== undefined && viewer.markets.includes(market);
  return inside ? { allow: true } : { allow: false, code: 'MARKET_DENIED' };
}

/** Part of every cache key: two viewers share an answer only if they may see the same things. */
export function policyFingerprint(viewer: Viewer): string {
  const sorted = (list: 'all' | readonly string[]) => (list === 'all' ? list : [...list].sort());
  const rights = JSON.stringify([sorted(viewer.scopes), sorted(viewer.markets)]);
  return createHash('sha256').update(rights).digest('hex').slice(0, 16);
}
