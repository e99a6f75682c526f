import { describe, expect, it } from 'vitest';
import { paintFor } from '../../local/faults/colour.ts';
import { main } from '../../local/faults/faults.ts';
import { MATRIX } from '../../local/faults/matrix.ts';
import { deviationsOfRun, printMatrix } from '../../local/faults/print.ts';
import type { Row } from '../../local/faults/row.ts';
import { runRow } from '../../local/faults/run-row.ts';
import { ended } from '../helpers/command.ts';
import { inVirtualTime } from '../helpers/virtual-time.ts';

const rowNamed = (name: string): Row => {
  const found = MATRIX.find((row) => row.name === name);
  if (found === undefined) throw new Error(`there is no row ${name}`);
  return found;
};

describe('npm run faults', () => {
  it('prints one fault when asked for it, without colour and progress where no terminal is', async () => {
    const { status, stdout, stderr } = await inVirtualTime(() => ended(main, ['JSON null']));
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^= JSON null +failed +VOD_BAD_RESPONSE +no +502 +throws/m);
    expect(stdout).toMatch(/\n1 faults?, 0 that deviate, \d+ s\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  it('explains itself', async () => {
    const { status, stdout, stderr } = await ended(main, ['--help']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('npm run faults');
  });

  it.each([[['no such fault']], [['one', 'two']], [['--colour']]])('ends with status 1 on %j', async (args) => {
    const { status, stdout, stderr } = await ended(main, args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^faults: /);
  });
});

describe('a deviation', () => {
  it('is marked and explained beneath its row, for each function', async () => {
    const row = rowNamed('JSON array');
    const wrong: Row = { ...row, name: 'wrong', expected: { ...row.expected, outcome: 'cancelled', attempts: 2 } };
    const section = { title: 'Both', rows: [row, wrong] };
    const runs = new Map(
      await inVirtualTime(() =>
        Promise.all(section.rows.map(async (one) => [one, { row: one, seen: await runRow(one) }] as const)),
      ),
    );
    const lines = printMatrix([section], runs, paintFor({}, {})).split('\n');
    expect(lines[0]).toBe('Both');
    expect(lines[2]).toMatch(/^= JSON array /);
    expect(lines[3]).toMatch(/^≠ wrong /);
    expect(lines.slice(4, 7)).toEqual([
      '    cancel-http: outcome: expected "cancelled", seen "failed"',
      '    cancel-http: attempts: expected 2, seen 1',
      '    cancel-http: cancel calls: expected 2, seen 1',
    ]);
    expect(lines.some((line) => line.startsWith('    cancel-superseded: thrown: expected none'))).toBe(true);
    expect([...runs.values()].map((one) => deviationsOfRun(one).length > 0)).toEqual([false, true]);
  });

  it('shows in red on a terminal that wants colour', () => {
    expect(paintFor({ isTTY: true }, {})('red', 'x')).toBe('\u001b[31mx\u001b[0m');
    expect(paintFor({ isTTY: true }, { NO_COLOR: '1' })('red', 'x')).toBe('x');
    expect(paintFor({}, {})('red', 'x')).toBe('x');
  });
});
