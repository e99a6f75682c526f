import { describe, expect, it } from 'vitest';
import { GOALS, isReached } from '../../bench/goals.ts';
import { format, toMarkdown, toText } from '../../bench/table.ts';
import { tablesOf } from '../../bench/tables.ts';
import { resultsOf } from './results.ts';

const goal = (part: string) => {
  const found = GOALS.find(({ title }) => title.includes(part));
  if (found === undefined) throw new Error(`no goal has ${part} in its title`);
  return found;
};

const rowOf = (part: string, results: ReturnType<typeof resultsOf>): readonly string[] | undefined =>
  tablesOf(results).goals.rows.find(([title]) => title?.includes(part));

describe('goals', () => {
  it('count as reached on their limit, and no further', () => {
    expect(isReached(goal('CPU per call at 50 in flight ÷ floor'), 1.5)).toBe(true);
    expect(isReached(goal('CPU per call at 50 in flight ÷ floor'), 1.5001)).toBe(false);
    expect(isReached(goal('throughput'), 0.75)).toBe(true);
    expect(isReached(goal('throughput'), 0.7499)).toBe(false);
  });

  it('are judged by the ratios within each round, not by figures of different rounds', () => {
    // The machine is ten times slower in the second round, for both of them.
    const results = resultsOf({
      'cancel-http': [{ cpuPerCall50Us: 120 }, { cpuPerCall50Us: 1_200 }, { cpuPerCall50Us: 130 }],
      floor: [{ cpuPerCall50Us: 100 }, { cpuPerCall50Us: 1_000 }, { cpuPerCall50Us: 100 }],
    });
    expect(rowOf('CPU per call at 50 in flight ÷ floor', results)?.slice(1)).toEqual([
      '`cancel-http`',
      '≤ 1.50',
      '1.20',
      '1.20 … 1.30',
      'reached',
    ]);
  });

  it('are judged before they are rounded for the page', () => {
    const results = resultsOf({ 'cancel-http': [{ firstResultMs: 140.4 }], floor: [{ firstResultMs: 100 }] });
    expect(rowOf('first result ÷ floor', results)?.slice(3)).toEqual(['1.40', '–', '**missed**']);
  });

  it('take the overhead of the handler in both ways', () => {
    const results = resultsOf({
      'cancel-http': [{ refusedP50Us: 40, answeredP50Us: 60 }],
    });
    expect(rowOf('refused request', results)?.slice(3)).toEqual(['40', '–', 'reached']);
    expect(rowOf('answered at once', results)?.slice(3)).toEqual(['60', '–', '**missed**']);
  });

  it('that could not be measured are not called missed', () => {
    expect(rowOf('refused request', resultsOf({ 'cancel-http': [{}], floor: [{}] }))?.slice(3)).toEqual([
      '–',
      '–',
      'not measured',
    ]);
  });

  it('are there for every function, and for nothing else', () => {
    const results = resultsOf({ 'cancel-http': [{}], 'cancel-superseded': [{}], 'sdk-bundled': [{}], floor: [{}] });
    const functions = tablesOf(results).goals.rows.map(([, name]) => name);
    expect(new Set(functions)).toEqual(new Set(['`cancel-http`', '`cancel-superseded`']));
    expect(functions).toHaveLength(2 * GOALS.length);
  });
});

describe('tables', () => {
  const table = { head: ['', '`a`', '**b**'], rows: [['first', '1', '1,000']] };

  it('have figures to the right in Markdown', () => {
    expect(toMarkdown(table)).toBe('|  | `a` | **b** |\n| --- | ---: | ---: |\n| first | 1 | 1,000 |');
  });

  it('are aligned, without Markdown, in a terminal', () => {
    expect(toText(table)).toBe('       a      b\nfirst  1  1,000');
  });

  it.each([
    [0, 0, '0'],
    [999.6, 0, '1,000'],
    [1_234_567.891, 2, '1,234,567.89'],
    [-1_234.5, 1, '-1,234.5'],
  ])('show %d with %d digits as %s', (value, digits, text) => expect(format(value, digits)).toBe(text));
});
