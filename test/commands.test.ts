import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const PROJECT = resolve(import.meta.dirname, '..');

/** Scripts that are a tool's own command line, which has a usage of its own. */
const TOOLS = /^(?:PICTURES=1 )?(?:vitest|biome|tsc)\b/;

const OURS = Object.entries(packageJson.scripts).filter(([, script]) => !TOOLS.test(script));

/** As npm runs a script, less the half second that npm takes. */
function run(script: string, args: string, env: Readonly<Record<string, string>> = {}) {
  return promisify(execFile)('sh', ['-c', `${script} ${args}`], { cwd: PROJECT, env: { ...process.env, ...env } });
}

describe.concurrent('the commands', () => {
  it('are all there', () => {
    expect(OURS.length).toBeGreaterThanOrEqual(11);
  });

  it.each(OURS)('%s answers --help with its usage, on stdout and in no colour', async (name, script) => {
    // Rejects where the exit status is not 0.
    const { stdout, stderr } = await run(script, '--help');
    const [first = '', second, third = ''] = stdout.split('\n');
    expect(first).toMatch(new RegExp(`^npm (?:run )?${name}(?: |$)`));
    expect(second).toBe('');
    expect(third).not.toBe('');
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toBe('');
  });

  it.each(OURS)(
    '%s refuses an option that it does not know, in one line first and with no stack',
    async (name, script) => {
      const failure: unknown = await run(script, '--no-such-option').catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 1, stdout: '' });
      const { stderr } = failure as { readonly stderr: string };
      expect(stderr).toMatch(new RegExp(`^${name}: .*--no-such-option`));
      expect(stderr).not.toMatch(/^ {4}at /m);
    },
  );
});
