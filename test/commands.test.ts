import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import type { Main } from '../scripts/command.ts';
import { ended } from './helpers/command.ts';

const PROJECT = resolve(import.meta.dirname, '..');

/** Scripts that are a tool's own command line, which has a usage of its own. */
const TOOLS = /^(?:PICTURES=1 )?(?:vitest|biome|tsc|npm)\b/;

const OURS = Object.entries(packageJson.scripts).filter(([, script]) => !TOOLS.test(script));

/** The command in the module that a script runs. */
async function mainOf(script: string): Promise<Main> {
  const { main } = (await import(join(PROJECT, script.split(' ').at(-1) ?? ''))) as { readonly main: Main };
  return main;
}

it('the commands are all there', () => {
  expect(OURS.length).toBeGreaterThanOrEqual(9);
});

describe.each(OURS)('%s', (name, script) => {
  it('answers --help with its usage, on stdout and in no colour', async () => {
    const { status, stdout, stderr } = await ended(await mainOf(script), ['--help']);
    const [first = '', second, third = ''] = stdout.split('\n');
    expect(status).toBe(0);
    expect(first).toMatch(new RegExp(`^npm (?:run )?${name}(?: |$)`));
    expect(second).toBe('');
    expect(third).not.toBe('');
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toBe('');
  });

  it('refuses an option that it does not know, in one line first and with no stack', async () => {
    const { status, stdout, stderr } = await ended(await mainOf(script), ['--no-such-option']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^${name}: .*--no-such-option`));
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  // As npm runs a script, less the half second that npm takes.
  it.concurrent('is what its script runs: arguments, streams and exit status are those of the process', async () => {
    const run = promisify(execFile)('sh', ['-c', `${script} --no-such-option`], { cwd: PROJECT });
    const expected = await ended(await mainOf(script), ['--no-such-option']);
    await expect(run).rejects.toMatchObject({
      code: expected.status,
      stdout: expected.stdout,
      stderr: expected.stderr,
    });
  });
});
