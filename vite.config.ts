import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

const apiAddress = process.env['PORTOLAN_API'] ?? 'http://127.0.0.1:4173';

export default defineConfig(({ command }) => {
  // A test runner that starts the build leaves NODE_ENV=test behind; the pages are always the real ones.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    plugins: [sveltekit()],
    // Modern browsers only: the dashboard is a tool people install, not a public site.
    build: { target: 'es2023', chunkSizeWarningLimit: 900 },
    server: { host: '127.0.0.1', proxy: { '/api': apiAddress } }
  };
});
