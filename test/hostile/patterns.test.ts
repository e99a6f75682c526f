import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { runs } from '../helpers/properties.ts';

const PROGRAM = fileURLToPath(new URL('patterns-program.ts', import.meta.url));

it('no pattern takes more than linear time with 100 KB of its own worst letters', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', PROGRAM, String(runs(3))]);
  // As many as there are, or the search for them has gone blind.
  expect(Number(stdout)).toBeGreaterThanOrEqual(18);
});
