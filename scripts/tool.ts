import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { CommandError, command, runIfMain } from './command.ts';
import { CHECK_TOOLS, installTools } from './tools.ts';

/** Runs one of the check tools, which is installed on first use: `tool.ts oxlint --type-aware`. */
export const main = command('tool', async ([name, ...args]) => {
  if (name === undefined) throw new CommandError('expected the name of a tool');
  const bin = join(await installTools(CHECK_TOOLS), '.bin');
  // oxlint looks for tsgolint on the PATH.
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` };
  const child = spawn(join(bin, name), args, { stdio: 'inherit', env });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status ?? 1;
});

await runIfMain(import.meta, main);
