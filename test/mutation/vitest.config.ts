import { defineConfig } from 'vitest/config';

/** The tests of lib alone. They need no bundle, so nothing is built for them. */
export default defineConfig({
  test: {
    include: ['test/lib/**/*.test.ts'],
    setupFiles: ['test/helpers/properties.ts'],
    provide: { seed: 1, thoroughness: 0.2 },
    restoreMocks: true,
    unstubEnvs: true,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
