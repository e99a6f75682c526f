import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/helpers/build-bundles.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/hosts/**'],
    testTimeout: 20_000,
    coverage: { provider: 'v8', include: ['functions/**', 'lib/**', 'local/**', 'build/**'] },
  },
});
