import { Router, type NextFunction, type Request, type Response } from 'express';
import { ApiError } from './errors.ts';
import { decide, type Viewer } from './policy.ts';

export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** What the viewer needs; a function where the request decides (a question has its own scope). */
  readonly scope: string | ((request: Request) => string);
  readonly handle: (request: Request, response: Response) => Promise<void> | void;
}

const scopeForm = /^(read|write):[a-z]+$/;

/** Throws where the viewer may not; the market is the one the request names. */
export function assertAllowed(viewer: Viewer, scope: string, market?: string): void {
  const decision = decide(viewer, scope, market);
  if (decision.allow) return;
  throw new ApiError(403, decision.code, { message: 'You may not see this.' });
}

/**
 * Default deny: a route reaches its handler only through its declared scope, and one that declares
 * none (or a malformed one) stops the program at start-up rather than being open by accident.
 */
export function guardedRouter(routes: readonly Route[], viewerOf: (r: Request) => Viewer): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const { method, path, scope, handle } of routes) {
    if (typeof scope !== 'function' && !scopeForm.test(scope)) {
      throw new Error(`Route ${method.toUpperCase()} ${path} declares no valid scope`);
    }
    router[method](path, async (request: Request, response: Response, next: NextFunction) => {
      try {
        const needed = typeof scope === 'function' ? scope(request) : scope;
        const { market } = request.query;
        assertAllowed(viewerOf(request), needed, typeof market === 'string' ? market : undefined);
        await handle(request, response);
      } catch (error) {
        next(error);
      }
    });
  }
  return router;
}
