import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/** The CSP sources of every inline script in a page; the built page has one that starts the app. */
export function scriptHashes(page: string): string[] {
  return [...page.matchAll(inlineScript)].map(([, script = '']) => {
    const digest = createHash('sha256').update(script).digest('base64');
    return `'sha256-${digest}'`;
  });
}

function policyFor(hashes: readonly string[]): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'", ...hashes],
        'style-src': ["'self'"],
        // Bars and swatches carry their size in a style attribute; sheets come from files only.
        'style-src-attr': ["'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"]
      }
    },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
    // Plain http on loopback: a pinned https would lock the user out.
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' }
  });
}

/** Strict headers on every answer; the script hashes follow the page when it is built anew. */
export function securityHeaders(pageFile: string): RequestHandler {
  let seen = Number.NaN;
  let handler = policyFor([]);
  return (request, response, next) => {
    const changed = statSync(pageFile, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changed !== seen) {
      handler = policyFor(changed === 0 ? [] : scriptHashes(readFileSync(pageFile, 'utf8')));
      seen = changed;
    }
    handler(request, response, next);
  };
}
