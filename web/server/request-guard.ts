import type { NextFunction, Request, Response } from 'express';
import { ApiError } from './errors.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isLoopbackHost(host: string): boolean {
  return loopbackNames.has(host) || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** True for a Host header naming this machine; a page on a rebound foreign name fails here. */
export function isAllowedHost(header: string | undefined): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:]+)(:\d{1,5})?$/i.exec(header ?? '')?.[1];
  return name !== undefined && isLoopbackHost(name.toLowerCase());
}

export interface WriteHeaders {
  host: string | undefined;
  origin: string | undefined;
  fetchSite: string | undefined;
  contentType: string | undefined;
}

const writeTypes = ['application/json', 'application/octet-stream'];

/**
 * True if a write comes from our own page or from a program. Browsers always send Origin with a
 * POST; the two content types cannot be sent across sites by a form or without a preflight.
 */
export function isOwnWrite({ host, origin, fetchSite, contentType }: WriteHeaders): boolean {
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return false;
  if (origin !== undefined && origin !== `http://${host ?? ''}`) return false;
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return writeTypes.includes(type);
}

/** Refuses foreign host names and writes that another site may have caused. */
export function guardRequest(request: Request, _response: Response, next: NextFunction): void {
  if (!isAllowedHost(request.headers.host)) {
    throw new ApiError(421, 'HOST_REFUSED', {
      message: 'Portolan answers on localhost, 127.0.0.1 and [::1] only.'
    });
  }
  const isRead = ['GET', 'HEAD'].includes(request.method);
  const own = isOwnWrite({
    host: request.headers.host,
    origin: request.headers.origin,
    fetchSite: request.get('sec-fetch-site'),
    contentType: request.headers['content-type']
  });
  if (!isRead && !own) {
    throw new ApiError(403, 'CROSS_SITE_REFUSED', {
      message: 'Changes are accepted from the Portolan pages or a program on this machine only.',
      hint: 'Send JSON or application/octet-stream, without a foreign Origin header.'
    });
  }
  next();
}
