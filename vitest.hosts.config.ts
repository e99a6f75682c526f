import { defineConfig } from 'vitest/config';

/** The packages in the hosts that run them: slow, and with tools that are installed for it. */
export default defineConfig({
  test: {
    globalSetup: ['test/hosts/setup.ts'],
    include: ['test/hosts/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Each starts servers and whole CLIs.
    fileParallelism: false,
  },
});
