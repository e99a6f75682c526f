import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { DeployCopy } from './copy.ts';
import { PROJECT } from './packaged.ts';

it('a package that fails for one cloud leaves no temporary folder of the other', async () => {
  const copy = await DeployCopy.create();
  onTestFinished(() => copy.remove());
  await copy.change('serverless.yml', (text) => text.replace('build: node --version', 'build: node --no-such-option'));
  await cp(join(PROJECT, 'scripts'), join(copy.folder, 'scripts'), { recursive: true });
  await symlink(join(PROJECT, 'node_modules'), join(copy.folder, 'node_modules'));
  await writeFile(join(copy.folder, 'package.json'), '{"type":"module"}');
  const temporary = join(copy.folder, 'temporary');
  await mkdir(temporary);
  const { PATH } = process.env;
  const packaging = promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/package.ts'], {
    cwd: copy.folder,
    env: { PATH, HOME: copy.folder, TMPDIR: temporary },
  });
  await expect(packaging).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('package: osls package failed with status 1. Its output above says why.'),
  });
  const left = await readdir(temporary);
  expect(left.filter((name) => name.startsWith('package-aws-'))).toEqual([]);
});
