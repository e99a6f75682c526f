import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { zip } from '../../../plugins/huawei/src/build.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');
const ENTRIES = [
  ['index.js', Buffer.from('exports.handler = 1;\n'.repeat(1000))],
  ['a/b.txt', Buffer.from('text')],
] as const;

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** The zip of {@link ENTRIES}, made in a process of its own. */
async function zippedElsewhere(env: NodeJS.ProcessEnv): Promise<string> {
  const script = `
    const { zip } = await import(${JSON.stringify(join(PROJECT, 'plugins/huawei/src/build.ts'))});
    const files = JSON.parse(process.env.FILES).map(([name, text]) => [name, Buffer.from(text)]);
    process.stdout.write(zip(files).toString('base64'));`;
  const FILES = JSON.stringify(ENTRIES.map(([name, bytes]) => [name, String(bytes)]));
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'], FILES, ...env },
  });
  return digest(Buffer.from(stdout, 'base64'));
}

describe('a zip', () => {
  it('gives back what was put into it', () => {
    const files = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?\.js$/),
      fc.uint8Array({ maxLength: 300 }),
    );
    fc.assert(
      fc.property(files, (contents) => {
        const read = unzipSync(zip(Object.entries(contents)));
        expect(Object.keys(read)).toEqual(Object.keys(contents).sort());
        for (const [name, bytes] of Object.entries(read))
          expect(Buffer.from(bytes)).toEqual(Buffer.from(contents[name] ?? []));
      }),
      { numRuns: 200 },
    );
  });

  it('is the same whatever the order of the files', () => {
    expect(zip([...ENTRIES].reverse())).toEqual(zip(ENTRIES));
  });

  it.each(['UTC', 'Asia/Shanghai', 'America/Los_Angeles'])('has the same bytes in %s', async (TZ) => {
    expect(await zippedElsewhere({ TZ })).toBe(digest(zip(ENTRIES)));
  });

  it('is the one whose digest is written here, on every version of Node', () => {
    expect(digest(zip(ENTRIES))).toBe('ca7cf7e3043a5d1a1c864a14620900c7fcc775b271abe6ff9b017c5ff4233a05');
  });

  it('holds files that everybody may read', () => {
    const bytes = zip(ENTRIES);
    const directory = bytes.indexOf(Buffer.from('PK\u0001\u0002'));
    expect(bytes.readUInt32LE(directory + 38) >>> 16).toBe(0o100644);
  });
});
