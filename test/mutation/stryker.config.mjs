/** `FOLDER=cancel` changes `lib/cancel` alone, and lets the tests of `test/lib/cancel` alone notice it. */
const folder = process.env.FOLDER;

export default {
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  tsconfigFile: 'none',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: true },
  coverageAnalysis: 'perTest',
  mutate: [folder === undefined ? 'lib/**/*.ts' : `lib/${folder}/**/*.ts`],
  ignorePatterns: ['dist', 'docs', '.serverless*', 'test/mutation/node_modules', 'test/browser', '.ci'],
  // A constant of a module is read once, before the first test: each of its mutants would run every test.
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 10_000,
  incremental: true,
  // A file for each folder, so that folders can be run apart.
  incrementalFile: `test/mutation/incremental/${folder ?? 'lib'}.json`,
  reporters: ['clear-text', 'progress-append-only', 'html'],
  clearTextReporter: { reportTests: false },
  htmlReporter: { fileName: 'test/mutation/report.html' },
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
};
