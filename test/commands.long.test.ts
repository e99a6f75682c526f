import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ended } from './helpers/command.ts';
import { COMMANDS, mainOf, PROJECT } from './helpers/commands.ts';

describe.each(COMMANDS)('%s', (_, script) => {
  // As npm runs a script, less the half second that npm takes.
  it.concurrent('is what its script runs: arguments, streams and exit status are those of the process', async () => {
    const run = promisify(execFile)('sh', ['-c', `${script} --no-such-option`], { cwd: PROJECT });
    // The process may end before the same command in this one.
    const failure = run.catch((error: unknown) => error);
    const expected = await ended(await mainOf(script), ['--no-such-option']);
    expect(await failure).toMatchObject({
      code: expected.status,
      stdout: expected.stdout,
      stderr: expected.stderr,
    });
  });
});
