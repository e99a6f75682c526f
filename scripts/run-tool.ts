import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { CHECK_TOOLS, installTools } from './install-tools.ts';

/** Runs one of the check tools, which is installed on first use: `run-tool.ts oxlint --type-aware`. */
const [name = '', ...args] = process.argv.slice(2);
const bin = join(await installTools(CHECK_TOOLS), '.bin');
// oxlint looks for tsgolint on the PATH.
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` };
const [status] = (await once(spawn(join(bin, name), args, { stdio: 'inherit', env }), 'exit')) as [number | null];
process.exit(status ?? 1);
