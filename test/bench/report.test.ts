import { readFile } from 'node:fs/promises';
import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeMachine } from '../../bench/machine.ts';
import type { Round } from '../../bench/measure.ts';
import { readOptions } from '../../bench/options.ts';
import { withPart } from '../../bench/part.ts';
import { reportOf } from '../../bench/report.ts';
import { format, toMarkdown } from '../../bench/table.ts';

const CIRCUMSTANCES = describeMachine(new Date('2026-01-02T03:04:05Z'), readOptions({ quick: false, runs: '5' }));

const report = (rounds: readonly Round[]): string => reportOf(CIRCUMSTANCES, rounds);

/** The cells after the title of the rows that have it, below a heading. */
const rowsOf = (title: string, rounds: readonly Round[], heading: string): string[][] => {
  const [, section = ''] = report(rounds).split(`## ${heading}`);
  const rows = section.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return rows.filter((cells) => cells[1] === title).map((cells) => cells.slice(2, -1));
};

const goalsOf = (title: string, rounds: readonly Round[]) => rowsOf(title, rounds, 'Goals');

describe('goals', () => {
  it.each([
    ['CPU per call, 50 in flight ÷ hand-signed floor', 'cpuPerCall50Us', 1.5, 'reached'],
    ['CPU per call, 50 in flight ÷ hand-signed floor', 'cpuPerCall50Us', 1.5001, '**missed**'],
    ['calls per second, 50 in flight ÷ hand-signed floor', 'perSecond50', 0.75, 'reached'],
    ['calls per second, 50 in flight ÷ hand-signed floor', 'perSecond50', 0.7499, '**missed**'],
  ])('count as reached on their limit, and no further: %s, %s %d is %s', (title, figure, value, verdict) => {
    const rounds = [{ 'cancel-http': { [figure]: value }, floor: { [figure]: 1 } }];
    expect(goalsOf(title, rounds)[0]?.at(-1)).toBe(verdict);
  });

  it('are judged by the ratios within each round, not by figures of different rounds', () => {
    // The machine is ten times slower in the second round, for both of them.
    const rounds = [
      { 'cancel-http': { cpuPerCall50Us: 120 }, floor: { cpuPerCall50Us: 100 } },
      { 'cancel-http': { cpuPerCall50Us: 1_200 }, floor: { cpuPerCall50Us: 1_000 } },
      { 'cancel-http': { cpuPerCall50Us: 130 }, floor: { cpuPerCall50Us: 100 } },
    ];
    expect(goalsOf('CPU per call, 50 in flight ÷ hand-signed floor', rounds)).toEqual([
      ['`cancel-http`', '≤ 1.50', '1.20', '1.20 … 1.30', 'reached'],
      ['`cancel-superseded`', '≤ 1.50', '–', '–', 'not measured'],
    ]);
  });

  it('for a figure itself have its digits', () => {
    const rounds = [{ 'cancel-http': { answeredP50Us: 60.4 } }];
    const [row] = goalsOf('cancel answered without the network, p50, µs', rounds);
    expect(row).toEqual(['`cancel-http`', '≤ 50', '60', '–', '**missed**']);
  });
});

describe('the report', () => {
  const rounds: readonly Round[] = [
    { 'cancel-http': { rawBytes: 1_000 } },
    { 'cancel-http': { firstResultMs: 20 }, floor: { firstResultMs: 10 } },
    { 'cancel-http': { warmP50Us: 100 }, 'sdk-bundled': { warmP50Us: 400 }, floor: { warmP50Us: 80 } },
  ];

  it('has the figures and the ratios of all candidates', () => {
    expect(rowsOf('size, bytes', rounds, 'Figures')[0]).toEqual(['1,000', '–', '–', '–', '–']);
    expect(rowsOf('warm call, p50, µs', rounds, 'Figures')[0]).toEqual(['100', '–', '–', '400', '80']);
    expect(rowsOf('warm call, p50 ÷ hand-signed floor', rounds, 'Ratios')[0]).toEqual(['1.25', '–', '–', '5.00']);
  });

  it('has the circumstances of the run', () => {
    expect(report(rounds)).toContain('- Date: 2026-01-02\n');
    expect(report(rounds)).toContain('- Rounds: 30 cold, 5 warm\n');
    expect(report(rounds)).toContain(process.version);
  });

  it('does not tell whose machine it was', () => {
    const project = join(import.meta.dirname, '../..');
    for (const secret of [project, hostname(), homedir(), tmpdir()]) expect(report(rounds)).not.toContain(secret);
  });

  it('replaces the tables of the page and nothing else', async () => {
    const page = await readFile(join(import.meta.dirname, '../../docs/performance.md'), 'utf8');
    const next = withPart(page, 'bench', report(rounds));
    expect(next).toContain(report(rounds));
    const proseOf = (text: string) => text.split(/<!-- \/?bench/).filter((_, index) => index !== 1);
    expect(proseOf(next)).toEqual(proseOf(page));
  });
});

describe('tables', () => {
  it('have aligned columns, the figures to the right', () => {
    const table = [
      ['', '`a`', '**b**'],
      ['first', '1', '1,000'],
    ];
    expect(toMarkdown(table)).toBe('|       | `a` | **b** |\n| ----- | --: | ----: |\n| first |   1 | 1,000 |');
  });

  it.each([
    [0, 0, '0'],
    [999.6, 0, '1,000'],
    [1_234_567.891, 2, '1,234,567.89'],
    [-1_234.5, 1, '-1,234.5'],
  ])('show %d with %d digits as %s', (value, digits, text) => expect(format(value, digits)).toBe(text));
});
