import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** A test of many seconds would run for every mutant that it covers. */
const TOO_LONG = {
  files: ['test/lib/cancel/limits-model.test.ts', 'test/lib/events/size.test.ts', 'test/lib/imports.test.ts'],
  names: ['lives for weeks', 'makes no more calls in any 60 s'],
};

/** The folder whose tests run; without it, those of all folders. They need no bundle, so nothing is built for them. */
const FOLDER = process.env['FOLDER'] ?? '';

export default defineConfig({
  test: {
    include: [join('test/lib', FOLDER, '**/*.test.ts')],
    exclude: TOO_LONG.files,
    testNamePattern: new RegExp(`^(?!.*(?:${TOO_LONG.names.join('|')}))`),
    setupFiles: ['test/helpers/properties.ts'],
    provide: { seed: 1, thoroughness: 0.2 },
    restoreMocks: true,
    unstubEnvs: true,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
