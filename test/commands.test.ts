import { describe, expect, it } from 'vitest';
import { ended } from './helpers/command.ts';
import { COMMANDS, mainOf } from './helpers/commands.ts';

it('the commands are all there', () => {
  expect(COMMANDS.length).toBeGreaterThanOrEqual(9);
});

describe.each(COMMANDS)('%s', (name, script) => {
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
});
