import { readFile } from 'node:fs/promises';
import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeMachine } from '../../bench/machine.ts';
import { readOptions } from '../../bench/options.ts';
import { type Report, toMarkdownPart, toTerminal } from '../../bench/report.ts';
import { tablesOf } from '../../bench/tables.ts';
import { withPart } from '../../scripts/part.ts';
import { resultsOf } from './results.ts';

const results = resultsOf({
  'cancel-http': [{ firstResultMs: 20, warmP50Us: 100 }],
  'sdk-bundled': [{ firstResultMs: 200, warmP50Us: 400 }],
  floor: [{ firstResultMs: 10, warmP50Us: 90 }],
});

const report: Report = {
  circumstances: describeMachine(new Date('2026-01-02T03:04:05Z'), readOptions({ quick: false, runs: '5' })),
  tables: tablesOf(results),
};

it('has the figures, the verdicts and the circumstances of the run', () => {
  const page = toMarkdownPart(report);
  expect(page).toContain('| warm call, p50, µs | 100 | 400 | 90 |');
  expect(page).toContain('| first line to first result ÷ floor | `cancel-http` | ≤ 1.40 | 2.00 | – | **missed** |');
  expect(page).toContain('| date | 2026-01-02 |');
  expect(page).toContain(`| Node | ${process.version} |`);
  expect(page).toContain('| rounds | 30 cold, 5 warm |');
});

it('does not tell whose machine it was', () => {
  const page = toMarkdownPart(report);
  const project = join(import.meta.dirname, '../..');
  for (const secret of [project, hostname(), homedir(), tmpdir()]) expect(page).not.toContain(secret);
});

it('ends in a terminal with the goals', () => {
  const text = toTerminal(report);
  expect(text.trimEnd().split('\n').at(-1)).toMatch(/^peak RSS.*not measured$/);
  expect(text).not.toMatch(/`|\*\*/);
});

it('replaces the tables of the page and nothing else', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/performance.md'), 'utf8');
  const next = withPart(page, 'bench', toMarkdownPart(report));
  expect(next).toContain('| warm call, p50, µs | 100 | 400 | 90 |');
  const proseOf = (text: string) => text.split(/<!-- \/?bench/).filter((_, index) => index !== 1);
  expect(proseOf(next)).toEqual(proseOf(page));
});
