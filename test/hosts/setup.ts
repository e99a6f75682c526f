import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { installHostTools } from './tools.ts';

/** Makes the packages, and installs what only these tests need. */
export default async function prepareHosts(): Promise<void> {
  await promisify(execFile)('npm', ['run', 'package'], { cwd: resolve(import.meta.dirname, '../..') });
  await installHostTools();
}
