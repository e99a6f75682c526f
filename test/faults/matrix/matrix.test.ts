import { beforeAll, describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../../scripts/functions.ts';
import { FAULTS, type Fault } from '../../helpers/faults.ts';
import { type Line, memberOf } from '../../helpers/queries/conditions.ts';
import { fieldsOf } from '../../helpers/queries/insights.ts';
import { ltsAlarms, metricFilters, runbookQueries } from '../../helpers/queries/queries.ts';
import { inVirtualTime } from '../../helpers/virtual-time.ts';
import { concurrently } from '../concurrently.ts';
import type { Observation } from '../observation.ts';
import { deviationsOf } from './deviations.ts';
import type { InjectedFault, Row } from './row.ts';
import { type Observations, runRow } from './run-row.ts';
import { MATRIX, SECTIONS } from './sections.ts';
import { verdictOf } from './verdict.ts';

const runs = new Map<Row, Observations>();

/** Virtual time passes only while all rows wait, so many run at once. Rows in real time use the processor. */
const AT_ONCE = { virtual: 50, real: 7 } as const;

/** Rows that go on outside this process, where time is the system's. */
const isOutside = ({ target = 'stand-in' }: Row): boolean => target !== 'stand-in' && target !== 'refused';

// Rows mostly wait, so they run at the same time. The tests below only check what was seen.
beforeAll(async () => {
  const run = async (row: Row): Promise<void> => void runs.set(row, await runRow(row));
  const inside = MATRIX.filter((row) => !isOutside(row));
  await inVirtualTime(() => concurrently(inside, AT_ONCE.virtual, run));
  await concurrently(MATRIX.filter(isOutside), AT_ONCE.real, run);
});

const runOf = (row: Row): Observations => {
  const run = runs.get(row);
  if (run === undefined) throw new Error(`the row ${row.name} was not run`);
  return run;
};

describe.each(SECTIONS.map(({ title, rows }) => [title, rows] as const))('%s', (_title, rows) => {
  it.each(rows.map((row) => [row.name, verdictOf(row.expected), row] as const))('%s → %s', (_name, _verdict, row) => {
    const run = runOf(row);
    expect(FUNCTIONS.map((name) => [name, deviationsOf(row, name, run[name])])).toEqual(
      FUNCTIONS.map((name) => [name, []]),
    );
  });
});

describe('a deviation', () => {
  const row = MATRIX.find(({ name }) => name === 'JSON array') as Row;
  const expecting = (expected: Partial<Row['expected']>): Row => ({
    ...row,
    expected: { ...row.expected, ...expected },
  });

  it.each([
    ['outcome', { outcome: 'cancelled' }],
    ['retryable', { retryable: true }],
    ['error.code', { code: 'VOD_TIMEOUT' }],
    ['attempts', { attempts: 2 }],
    ['cancel calls', { cancels: 2 }],
    ['status reads', { reads: 1 }],
    ['HTTP status', { status: 500 }],
    ['detail', { detail: 'other words' }],
  ] as const)('in %s is found', (what, expected) => {
    const found = deviationsOf(expecting(expected), 'cancel-http', runOf(row)['cancel-http']);
    expect(found.map((deviation) => deviation.what)).toContain(what);
  });
});

describe('the table', () => {
  it('has no name twice, so that a name selects one row', () => {
    const names = MATRIX.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('has every fault the stand-in knows by name', () => {
    const used = new Set<Fault | string>(
      MATRIX.flatMap(({ faults = [] }): readonly InjectedFault[] => (typeof faults === 'function' ? [] : faults)).map(
        ({ fault }) => fault,
      ),
    );
    // These two redirect to a host that does not exist. The rows redirect to one that counts connections.
    const redirects = ['redirect-301', 'redirect-307'];
    expect(Object.keys(FAULTS).filter((name) => !used.has(name) && !redirects.includes(name))).toEqual([]);
  });
});

/** Each answer with its log line. */
const told = () =>
  Array.from(runs.values()).flatMap((run) =>
    FUNCTIONS.map((name) => ({
      answer: run[name],
      line: JSON.parse(run[name].lines.at(-1) ?? '{}') as Line,
    })),
  );

/** Codes of a refusal that guards the key, and the code of a call that the guard prevented. */
const REFUSED_KEY = /^(?:APIG(?:W)?\.030[1357]|VOD\.10054|VST\.10004|CREDENTIALS_REFUSED_RECENTLY)$/;

/** Which answers each query must find. */
const WANTED: Readonly<Record<string, (answer: Observation) => boolean>> = {
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

describe('a query finds exactly the lines that it must find', () => {
  it.each(QUERIES)('%s: %s', (_language, name, { selects }) => {
    const wanted = WANTED[name];
    if (wanted === undefined) throw new Error(`WANTED has no row for ${name}`);
    for (const { answer, line } of told()) expect(selects(line), JSON.stringify(line)).toBe(wanted(answer));
  });

  it.each(['failed-for-good', 'refused-key', 'unknown', 'old-messages', 'too-late'])('%s finds a line', (name) => {
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

  it('every member that a query of the runbook shows is in some line', () => {
    const lines = told().map(({ line }) => line);
    for (const { name, text } of runbookQueries('insights'))
      for (const field of fieldsOf(text))
        expect(
          lines.some((line) => memberOf(line, field) !== undefined),
          `${name}: ${field}`,
        ).toBe(true);
  });

  it('the runbook has the same queries for both clouds', () => {
    const names = runbookQueries('insights').map(({ name }) => name);
    expect(names).toEqual(runbookQueries('lts').map(({ name }) => name));
    expect(names).not.toHaveLength(0);
  });
});
