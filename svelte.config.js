import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    adapter: adapter({ pages: 'build/web', assets: 'build/web', fallback: 'index.html' }),
    // The server sends the policy; the hash of the start script is taken from the built page.
    csp: { mode: 'hash', directives: { 'script-src': ['self'] } },
    files: {
      assets: 'web/static',
      lib: 'web/lib',
      routes: 'web/routes',
      params: 'web/params',
      appTemplate: 'web/app.html'
    }
  }
};
