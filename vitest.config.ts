import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * No test measures how long something takes. These limits only end a run that hangs, so they are far above what a busy
 * machine needs, in milliseconds.
 */
const HANGING_MS = 600_000;

/** The console in a real browser, whose driver the tests install. */
const BROWSER = ['test/browser/*.test.ts'];

/** Tests of `npm run test:all` that `npm test` does not run. */
const LONG = {
  /** The deploy files with the real `osls`. */
  deploy: ['test/deploy/**/*.test.ts'],
  /** The provider, also with the real `osls`. */
  plugins: ['test/plugins/**/*.test.ts'],
  /** Soak, bench, and what starts many processes or runs through many minutes of virtual time. */
  long: [
    'test/**/*.long.test.ts',
    'test/bench/**/*.test.ts',
    'test/hostile/events.test.ts',
    'test/local/probe.test.ts',
    'test/sdk/**/*.test.ts',
    'test/snippets/**/*.test.ts',
  ],
};

/** `npm run test:all` sets it: how many times as often a property runs where it is worth it. */
const thoroughness = Number(process.env['THOROUGHNESS'] ?? 1);

/** The packages in their hosts. A separate command, because it installs its tools. */
const HOSTS = ['test/hosts/**/*.test.ts'];

/** Terraform or OpenTofu on the packaged configuration. It installs its tools as well. */
const TERRAFORM = ['test/terraform/**/*.test.ts'];

const SETUP = ['test/helpers/setup.ts'];

export default defineConfig({
  test: {
    testTimeout: HANGING_MS,
    hookTimeout: HANGING_MS,
    // A worker keeps its modules. Loading them for each file would take a third of the time.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    setupFiles: ['test/helpers/properties.ts'],
    provide: { seed: 0, thoroughness },
    expect: { poll: { timeout: HANGING_MS / 2 } },
    // Two workers on any machine: files that wait on a server run beside files that compute.
    maxWorkers: Math.max(2, availableParallelism()),
    coverage: { provider: 'v8', include: ['functions/**', 'lib/**', 'local/**', 'scripts/**'] },
    projects: [
      {
        extends: true,
        test: {
          name: 'main',
          globalSetup: SETUP,
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...Object.values(LONG).flat(), ...BROWSER, ...HOSTS, ...TERRAFORM],
        },
      },
      ...Object.entries(LONG).map(([name, include]) => ({
        extends: true as const,
        test: { name, globalSetup: SETUP, include },
      })),
      { extends: true, test: { name: 'browser', globalSetup: [...SETUP, 'test/browser/setup.ts'], include: BROWSER } },
      {
        extends: true,
        test: { name: 'terraform', globalSetup: [...SETUP, 'test/terraform/setup.ts'], include: TERRAFORM },
      },
      {
        extends: true,
        // Each file starts servers and whole command lines.
        test: { name: 'hosts', globalSetup: ['test/hosts/setup.ts'], include: HOSTS, fileParallelism: false },
      },
    ],
  },
});
