import { beforeAll, describe, expect, it } from 'vitest';
import { deviationsOf } from '../../local/faults/compare.ts';
import { FUNCTION_NAMES } from '../../local/faults/invoke.ts';
import { MATRIX, SECTIONS } from '../../local/faults/matrix.ts';
import type { Met, Row } from '../../local/faults/row.ts';
import { type RunRow, runAll } from '../../local/faults/run-all.ts';
import { FAULTS, type Fault } from '../../local/vod/faults.ts';
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
