import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { freshBundle } from '../helpers/bundle.ts';
import { type ConsoleLines, captureConsole } from '../helpers/console-lines.ts';
import { functionGraphContext, settingsFor } from '../helpers/contexts.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { metricFilters, runbookQueries } from '../helpers/queries/queries.ts';

let lines: ConsoleLines;

beforeEach(() => {
  lines = captureConsole();
});

afterEach(() => vi.restoreAllMocks());

/** Settings that let no call leave the process. */
const SETTINGS = settingsFor('https://vod.invalid');

/** How many lines each metric filter counts, by the metric. */
const counted = (): Record<string, number> =>
  Object.fromEntries(
    metricFilters().map(({ name, selects }) => [name, lines.records().filter((line) => selects(line)).length]),
  );

const found = (name: string): number =>
  lines.records().filter((line) =>
    runbookQueries('insights')
      .find((query) => query.name === name)
      ?.selects(line),
  ).length;

it('a missing setting counts as a failure for good, and the query for bugs finds it', async () => {
  await freshBundle('cancel-http').handler(apigEvent(), functionGraphContext());
  expect([counted(), found('bugs')]).toEqual([{ 'failed-for-good': 1, 'refused-key': 0, results: 1 }, 1]);
});

it('an event of an unknown kind counts once', async () => {
  const call = freshBundle('cancel-superseded').handler({ key: 'value' }, functionGraphContext({ settings: SETTINGS }));
  await expect(call).rejects.toThrow(/UNSUPPORTED_EVENT|not supported/);
  expect(counted()).toEqual({ 'failed-for-good': 1, 'refused-key': 0, results: 0 });
});

it('each failure of a batch counts once, and its summary does not', async () => {
  const Records = ['no id', '{}', '[]'].map((body, index) => ({
    messageId: `m${index}`,
    eventSource: 'aws:sqs',
    body,
  }));
  await freshBundle('cancel-superseded').handler({ Records }, functionGraphContext({ settings: SETTINGS }));
  expect(lines.records().at(-1)).toMatchObject({ level: 'ERROR', summary: { failed: 3 } });
  expect(counted()).toEqual({ 'failed-for-good': 3, 'refused-key': 0, results: 3 });
});

it("the report of Lambda's runtime on a throw counts as nothing", () => {
  const report = {
    timestamp: '2026-01-02T03:04:05.678Z',
    level: 'ERROR',
    requestId: '00000000-0000-4000-8000-000000000001',
    message: { errorType: 'CancelIncompleteError', errorMessage: 'x', stackTrace: [] },
  };
  for (const { selects } of metricFilters()) expect(selects(report)).toBe(false);
});
