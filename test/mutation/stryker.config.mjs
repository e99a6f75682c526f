/** `ROOM=cancel` changes `lib/cancel` alone, and lets the tests of `test/lib/cancel` alone notice it. */
const room = process.env.ROOM;

export default {
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  tsconfigFile: 'none',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: true },
  coverageAnalysis: 'perTest',
  mutate: [room === undefined ? 'lib/**/*.ts' : `lib/${room}/**/*.ts`],
  ignorePatterns: ['dist', 'docs', '.serverless*', 'test/mutation/node_modules', 'test/browser', '.ci'],
  // A constant of a module is read once, before the first test: each of its mutants would run every test.
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 10_000,
  incremental: true,
  // A file for each room, so that rooms can be run apart.
  incrementalFile: `test/mutation/incremental/${room ?? 'lib'}.json`,
  reporters: ['clear-text', 'progress-append-only', 'html'],
  clearTextReporter: { reportTests: false },
  htmlReporter: { fileName: 'test/mutation/report.html' },
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
};
