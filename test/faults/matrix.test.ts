import { beforeAll, describe, expect, it } from 'vitest';
import { deviationsOf } from '../../local/faults/compare.ts';
import { FUNCTION_NAMES } from '../../local/faults/invoke.ts';
import { MATRIX, SECTIONS } from '../../local/faults/matrix.ts';
import type { Met, Row } from '../../local/faults/row.ts';
import { type RunRow, runAll } from '../../local/faults/run-all.ts';
import type { Seen } from '../../local/faults/seen.ts';
import { FAULTS, type Fault } from '../../local/vod/faults.ts';
import type { Line } from '../helpers/queries/conditions.ts';
import { ltsAlarms, metricFilters, runbookQueries } from '../helpers/queries/queries.ts';
import { inVirtualTime } from '../helpers/virtual-time.ts';

let runs: ReadonlyMap<unknown, RunRow>;

/** More rows at once are fewer moments at which all of them wait. */
const AT_ONCE = 50;

/** Rows that go on outside this process, where time is the system's. */
const isOutside = ({ target = 'stand-in' }: Row): boolean => target !== 'stand-in' && target !== 'refused';

// Rows mostly wait, so they run at the same time, and the tests below only look at what was seen. What was printed has
// been searched for secrets and for lines that are no JSON; a finding is a deviation like any other.
beforeAll(async () => {
  const inside = MATRIX.filter((row) => !isOutside(row));
  const seenInside = await inVirtualTime(() => runAll(inside, undefined, AT_ONCE));
  runs = new Map([...seenInside, ...(await runAll(MATRIX.filter(isOutside)))]);
});

describe.each(SECTIONS.map(({ title, rows }) => [title, rows] as const))('%s', (_title, rows) => {
  const cases = rows.flatMap((row) => FUNCTION_NAMES.map((functionName) => [row.name, functionName, row] as const));

  it.each(cases)('%s: %s', (_name, functionName, row) => {
    const run = runs.get(row);
    if (run === undefined) throw new Error('the row was not run');
    expect(deviationsOf(row, functionName, run.seen[functionName])).toEqual([]);
  });
});

describe('the table', () => {
  it('has no name twice, so that a row can be asked for by its name', () => {
    const names = MATRIX.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('has every fault the stand-in knows by name', () => {
    const used = new Set<Fault | string>(
      MATRIX.flatMap(({ faults = [] }): readonly Met[] => (typeof faults === 'function' ? [] : faults)).map(
        ({ fault }) => fault,
      ),
    );
    // These two point to a host that does not exist; the rows point to one that counts who comes by.
    const redirects = ['redirect-301', 'redirect-307'];
    expect(Object.keys(FAULTS).filter((name) => !used.has(name) && !redirects.includes(name))).toEqual([]);
  });
});

/** What a caller was told, against the line that says so: the last of a function in a row. */
const told = () =>
  Array.from(runs.values()).flatMap(({ seen }) =>
    FUNCTION_NAMES.map((name) => ({
      answer: seen[name],
      line: JSON.parse(seen[name].lines.at(-1) ?? '{}') as Line,
    })),
  );

/** Codes of a refusal that leads to the lock of a key, and ours for a call that was not made for it. */
const REFUSED_KEY = /^(?:APIG(?:W)?\.030[1357]|VOD\.10054|VST\.10004|CREDENTIALS_REFUSED_RECENTLY)$/;

/** What each query is there to find, in terms of the answer. */
const WANTED: Readonly<Record<string, (answer: Seen) => boolean>> = {
  'failed-for-good': ({ outcome, retryable }) => outcome === 'failed' && retryable === false,
  'refused-key': ({ code }) => REFUSED_KEY.test(String(code)),
  unknown: ({ outcome }) => outcome === 'unknown',
  results: () => true,
  'old-messages': ({ code }) => /^(?:PACE_LIMIT|DEADLINE|APIG(?:W)?\.0308)$/.test(String(code)),
  pace: ({ code }) => code === 'PACE_LIMIT',
  'one-asset': () => true,
  'too-late': ({ outcome }) => outcome === 'not_queued',
  bugs: ({ code }) => /^(?:INTERNAL|CONFIG)$/.test(String(code)),
};

const QUERIES = [
  ...metricFilters().map((query) => ['CloudWatch metric filter', query] as const),
  ...ltsAlarms().map((query) => ['LTS keyword alarm', query] as const),
  ...runbookQueries('insights').map((query) => ['Logs Insights', query] as const),
  ...runbookQueries('lts').map((query) => ['LTS', query] as const),
].map(([language, query]) => [language, query.name, query] as const);

describe('a query finds exactly the lines that it is there for', () => {
  it.each(QUERIES)('%s: %s', (_language, name, { selects }) => {
    const wanted = WANTED[name];
    if (wanted === undefined) throw new Error(`nobody has said what ${name} is to find`);
    for (const { answer, line } of told()) expect(selects(line), JSON.stringify(line)).toBe(wanted(answer));
  });

  it.each(['failed-for-good', 'refused-key', 'unknown', 'old-messages', 'too-late'])('%s finds some', (name) => {
    const query = runbookQueries('insights').find((one) => one.name === name);
    expect(told().filter(({ line }) => query?.selects(line))).not.toHaveLength(0);
  });

  it('the alarms of both clouds look for the same', () => {
    const names = ltsAlarms().map(({ name }) => name);
    expect(names).toEqual(['failed-for-good', 'refused-key', 'unknown', 'pace']);
    for (const { name, text } of ltsAlarms().slice(0, 3))
      expect(text).toBe(
        runbookQueries('lts')
          .find((query) => query.name === name)
          ?.text.trim(),
      );
  });

  it('the runbook has the same queries for both clouds', () => {
    const names = runbookQueries('insights').map(({ name }) => name);
    expect(names).toEqual(runbookQueries('lts').map(({ name }) => name));
    expect(names).not.toHaveLength(0);
  });
});
