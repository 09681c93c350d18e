import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { Router } from 'express';
import { ApiError } from './errors.ts';

const yearInSeconds = 365 * 24 * 3600;
const notBuilt = 'The pages are not built yet. Run "npm run build", then reload.';

/** Files of the build, and hidden names: asked for and not there, they are missing, not a page. */
const fileLike = /\/_app\/|\/\.|\.(js|css|map|json|svg|png|ico|woff2?|txt|html|xml|webmanifest)$/i;

function decodedPath(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return '/.';
  }
}

/**
 * The built app: files under their names, and index.html for every deep link. Nothing of a request
 * becomes a path except through express.static, which stays inside its folder.
 */
export function pages(folder: string): Router {
  const router = Router();
  const immutable = path.join(folder, '_app', 'immutable');
  router.use(
    '/_app/immutable',
    express.static(immutable, { immutable: true, maxAge: yearInSeconds * 1000, index: false })
  );
  router.use(express.static(folder, { index: false, redirect: false, dotfiles: 'ignore' }));
  router.use((request, response) => {
    const isPage = ['GET', 'HEAD'].includes(request.method);
    const looksLikeFile = fileLike.test(decodedPath(request.path));
    if (!isPage || looksLikeFile) {
      throw new ApiError(404, 'NOT_FOUND', { message: 'There is nothing at this address.' });
    }
    const page = path.join(folder, 'index.html');
    if (!existsSync(page)) {
      response.status(503).type('text/plain').send(notBuilt);
      return;
    }
    response.set('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: folder });
  });
  return router;
}
