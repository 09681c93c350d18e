import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const inRepo = (place: string): string => fileURLToPath(new URL(place, import.meta.url));

// The suite means the same everywhere; test/run.js runs it once more in another zone.
process.env.TZ ??= 'UTC';

const project = (name: string, options: { seconds: number; setup?: string[] }) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: options.seconds * 1000,
    hookTimeout: Math.max(60, options.seconds) * 1000,
    globalSetup: options.setup ?? []
  }
});

export default defineConfig({
  resolve: { alias: { $lib: inRepo('./web/lib') } },
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: true,
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      project('unit', { seconds: 20 }),
      project('sql', { seconds: 30 }),
      project('contract', {
        seconds: 60,
        setup: ['test/setup/command-line.ts', 'test/setup/sample.ts']
      }),
      project('security', { seconds: 60 }),
      project('faults', { seconds: 120, setup: ['test/setup/command-line.ts'] }),
      project('fuzz', { seconds: 120, setup: ['test/setup/command-line.ts'] }),
      project('real', { seconds: 300, setup: ['test/setup/command-line.ts'] }),
      project('e2e', {
        seconds: 60,
        setup: [
          'test/setup/command-line.ts',
          'test/setup/sample.ts',
          'test/setup/pages.ts',
          'test/setup/chromium.ts'
        ]
      })
    ]
  }
});
